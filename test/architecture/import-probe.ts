// Run as a process of its own by architecture.test.ts: imports modules one by one with everything denied that is work,
// and prints what each tried, as a JSON list. What foreign packages do while they load does not count: they come first.

import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { pathToFileURL } from 'node:url';
import workers from 'node:worker_threads';

interface Order {
  readonly folder: string;
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

const { folder, files, packages } = JSON.parse(process.argv[2] ?? '{}') as Order;
for (const name of packages) await import(name);

const seen: string[] = [];
let current = '';
/** Ours is what was called with one of our files on the stack; the loader itself works all the time. */
const ours = () => current !== '' && (new Error().stack ?? '').includes(folder);

/** Replaces `owner[name]` by a function that reports and refuses where one of ours calls it. */
function deny(owner: object, name: string, label: string): void {
  const real = Reflect.get(owner, name) as (...values: unknown[]) => unknown;
  const denied = function (this: unknown, ...values: unknown[]): unknown {
    if (!ours()) return new.target ? Reflect.construct(real, values, new.target) : Reflect.apply(real, this, values);
    seen.push(`${current}: ${label}`);
    throw new Error(`${label} at import`);
  };
  Object.assign(denied, real);
  denied.prototype = real.prototype as object;
  Reflect.set(owner, name, denied);
}

for (const name of ['setTimeout', 'setInterval', 'setImmediate']) {
  const real = Reflect.get(globalThis, name) as (...values: unknown[]) => unknown;
  // Reported, not refused: a module that sets one timer may set others.
  Reflect.set(globalThis, name, (...values: unknown[]) => {
    if (!ours()) return real(...values);
    seen.push(`${current}: ${name}`);
    return undefined;
  });
}
deny(globalThis, 'fetch', 'fetch');
for (const name of ['connect', 'createConnection', 'createServer']) deny(net, name, `net.${name}`);
for (const name of ['request', 'get', 'createServer']) {
  deny(http, name, `http.${name}`);
  deny(https, name, `https.${name}`);
}
deny(tls, 'connect', 'tls.connect');
deny(dgram, 'createSocket', 'dgram.createSocket');
for (const name of ['lookup', 'resolve']) deny(dns, name, `dns.${name}`);
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  deny(childProcess, name, `child_process.${name}`);
}
deny(workers, 'Worker', 'worker_threads.Worker');
for (const [owner, label] of [
  [fs, 'fs'],
  [fs.promises, 'fs.promises'],
] as const) {
  for (const name of Object.keys(owner)) {
    if (/^(write|append|mkdir|rm|unlink|rename|open|create|copy|cp|truncate|symlink|link|chmod|chown)/.test(name)) {
      if (typeof Reflect.get(owner, name) === 'function') deny(owner, name, `${label}.${name}`);
    }
  }
}
process.env = new Proxy(process.env, {
  get(env, name, receiver) {
    if (ours()) seen.push(`${current}: process.env`);
    return Reflect.get(env, name, receiver) as unknown;
  },
  ownKeys(env) {
    if (ours()) seen.push(`${current}: process.env`);
    return Reflect.ownKeys(env);
  },
});
syncBuiltinESMExports();

for (const file of files) {
  current = file;
  await import(pathToFileURL(join(folder, file)).href);
}
current = '';
process.stdout.write(JSON.stringify(seen));
