// Composes the trackings subgraph with the two samples under the rules of three composers. `node compose.js` prints what
// each of them says and fails on every error and every hint: a supergraph of yours is to start without either.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { composeServices } from '@apollo/composition';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from '@wundergraph/composition';
import { parse } from 'graphql';
import { sdlOf } from './subgraphs.js';

/** The three subgraphs. `trackings`: another SDL than the one that is committed. */
export function services(
  urls = {},
  trackings = readFileSync(new URL('../../subgraph.graphql', import.meta.url), 'utf8'),
) {
  const texts = { trackings, orders: sdlOf('orders'), shops: sdlOf('shops') };
  return Object.entries(texts).map(([name, sdl]) => ({
    name,
    url: urls[name] ?? `http://${name}.test/graphql`,
    typeDefs: parse(sdl),
  }));
}

/** The supergraph as Apollo composes it. Throws with its errors. */
export function supergraph(urls, trackings) {
  const { supergraphSdl, errors } = composeServices(services(urls, trackings));
  if (!supergraphSdl) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

export const COMPOSERS = {
  'Apollo (@apollo/composition)'(all) {
    const { errors = [], hints = [] } = composeServices(all);
    return { errors: errors.map(String), hints: hints.map(String) };
  },
  'Guild (@theguild/federation-composition)'(all) {
    const { errors = [], hints = [] } = composeByGuild(all);
    return { errors: errors.map(String), hints: hints.map(String) };
  },
  'Cosmo (@wundergraph/composition)'(all) {
    const result = federateSubgraphs({
      subgraphs: all.map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs })),
      version: LATEST_ROUTER_COMPATIBILITY_VERSION,
    });
    return { errors: result.success ? [] : result.errors.map(String), hints: result.warnings.map(String) };
  },
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file] = process.argv.slice(2);
  const all = services({}, file === undefined ? undefined : readFileSync(file, 'utf8'));
  for (const [name, compose] of Object.entries(COMPOSERS)) {
    const { errors, hints } = compose(all);
    console.log(`${name}: ${errors.length} errors, ${hints.length} hints`);
    for (const said of [...errors, ...hints]) console.log(`  ${said}`);
    if (errors.length + hints.length > 0) process.exitCode = 1;
  }
}
