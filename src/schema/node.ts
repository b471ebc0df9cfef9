// Global object identification: `node` and `nodes`, which the federated schema leaves out (libraries.md §0.8).

import { InvalidInput } from '../domain/errors.ts';
import { parseTrackingId, type TrackingKey } from '../domain/key.ts';
import type { Builder, NodeRef } from './builder.ts';

/** The most ids one `nodes` query takes. */
const MAX_NODES = 100;

function keyOfId(id: string, argument: string): TrackingKey {
  const key = parseTrackingId(id);
  if (!key) throw new InvalidInput(argument, 'is not an id of this graph');
  return key;
}

export function addNodeQueries(builder: Builder, node: NodeRef): void {
  builder.queryField('node', (t) =>
    t.field({
      type: node,
      description:
        'Anything by its global id, for clients that refetch (Relay). Costs the same as `tracking`. null: it is not in the account (any more).',
      args: { id: t.arg.id({ required: true, description: 'An `id` that this graph gave out.' }) },
      resolve: (_root, { id }, context) => context.loaders.tracking(keyOfId(id, 'id')),
    }),
  );
  builder.queryField('nodes', (t) =>
    t.field({
      type: [node],
      nullable: { list: false, items: true },
      description: `Up to ${MAX_NODES} things by their ids, in the order of \`ids\`, null where there is none. Up to 40 share one upstream call.`,
      args: { ids: t.arg.idList({ required: true, description: 'Ids that this graph gave out; repeats are free.' }) },
      resolve(_root, { ids }, context) {
        if (ids.length > MAX_NODES) throw new InvalidInput('ids', `takes at most ${MAX_NODES} ids`);
        return ids.map((id) => keyOfId(id, 'ids')).map((key) => context.loaders.tracking(key));
      },
    }),
  );
}
