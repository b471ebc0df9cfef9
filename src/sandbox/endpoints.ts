// The table of routes (upstream.md §4, §5), and the endpoints that work on one registered tracking or on carriers.
// Routing, keys, limits, faults and HTTP are left to others; so are registering (register.ts) and listing (list.ts).
import { carrierProblem, fail, numberProblem, parseJson, textOf } from './call.ts';
import { carrierList, detectCarriers } from './carriers.ts';
import { phpJson } from './codes.ts';
import { isRecord } from './faults.ts';
import { countStatuses, listTrackings } from './list.ts';
import { batch, create, realtime } from './register.ts';
import type { Answer, Body, Call } from './call.ts';
import type { Tracking, Values } from './store.ts';

/** The tracking of a path, or the code of what is wrong with it. */
function addressed(call: Call, missing: number): Tracking | number {
  const [carrier = '', number = ''] = call.path;
  return (
    numberProblem(number) ?? carrierProblem(call, carrier) ?? call.store.find(call.account, carrier, number) ?? missing
  );
}

function single(call: Call): Answer {
  const tracking = addressed(call, call.settings.missingReadCode);
  if (typeof tracking === 'number') return fail(tracking);
  const text = call.text('single', tracking, call.path[2]);
  const shapes = { array: `[${text}]`, object: text, items: `{"items":[${text}]}` };
  return { code: 200, data: shapes[call.settings.singleShape] };
}

const changeable: readonly (keyof Values)[] = [
  'title',
  'logistics_channel',
  'customer_name',
  'customer_email',
  'customer_phone',
  'order_id',
  'destination_code',
];
const overrides: Readonly<Record<string, Tracking['override']>> = { 4: 'delivered', 7: 'exception', 8: null };

// "" clears; null is ignored or clears; what is left out stays (upstream.md §4.4).
function change(call: Call, tracking: Tracking, body: Body): void {
  const values: Values = { ...tracking.values };
  for (const name of changeable) {
    const value = body[name];
    if (value === undefined || (value === null && call.settings.updateNull === 'ignore')) continue;
    const text = textOf(value);
    // A value that cannot be a text (a list, an object) changes nothing.
    if (text !== '' || value === '' || value === null) values[name] = text || undefined;
  }
  tracking.values = values;
}

function update(call: Call): Answer {
  const { settings, store } = call;
  const body = call.body.trim() === '' ? {} : parseJson(call.body);
  if (!isRecord(body)) return fail(settings.badBodyCode);
  if (settings.updateEmpty === '4012' && Object.keys(body).length === 0) return fail(4012);
  const tracking = addressed(call, settings.missingWriteCode);
  if (typeof tracking === 'number') return fail(tracking);
  const status = textOf(body['status']);
  const override = overrides[status];
  if (status !== '' && override === undefined) return fail(4033);
  const archived = ['true', 'false'].find((word) => word === textOf(body['archived']));
  change(call, tracking, body);
  if (archived !== undefined) tracking.archived = archived === 'true';
  if (override !== undefined) tracking.override = override;
  store.touch(tracking);
  call.effect('updated', tracking);
  const word = store.look(tracking, call.now).sight.status;
  const said = settings.updateStatusEcho === 'echo' ? status : word;
  const unsaid = settings.updateStatusUnsent === 'word' ? word : undefined;
  const changes = {
    status: status === '' ? unsaid : said,
    archived: archived ?? (settings.updateArchivedUnsent === 'bool' ? tracking.archived : undefined),
  };
  return { code: 200, data: call.text('update', tracking, undefined, changes) };
}

function remove(call: Call): Answer {
  const tracking = addressed(call, call.settings.missingWriteCode);
  if (typeof tracking === 'number') return fail(tracking);
  call.store.remove(call.account, tracking);
  call.effect('deleted', tracking);
  return { code: 200, data: '[]' };
}

function detect(call: Call): Answer {
  const body = parseJson(call.body);
  if (!isRecord(body)) return fail(call.settings.badBodyCode);
  const number = textOf(body['tracking_number']).trim();
  if (number === '') return fail(4013);
  const problem = numberProblem(number);
  if (problem !== null) return fail(problem);
  call.account.detections += 1;
  const found = detectCarriers(number);
  return found.length === 0 && call.settings.detectFail === '4032' ? fail(4032) : { code: 200, data: phpJson(found) };
}

const carriersText = `{"meta":{"code":200},"data":${phpJson(carrierList)}}`;

/** A row of the table: what it does, and the class of its limit (default: the route itself). */
export interface Endpoint {
  readonly limitClass?: 'list' | 'realtime';
  readonly handle: (call: Call) => Answer;
}

/** Every route the sandbox knows (upstream.md §4, §5), under `/v1` and `/v2` alike. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ['POST /trackings/post', { handle: create }],
  ['POST /trackings/batch', { handle: batch }],
  ['GET /trackings/get', { limitClass: 'list', handle: listTrackings }],
  ['POST /trackings/get', { limitClass: 'list', handle: listTrackings }],
  ['GET /trackings/:carrier/:number', { handle: single }],
  ['GET /trackings/:carrier/:number/:lang', { handle: single }],
  ['PUT /trackings/:carrier/:number', { handle: update }],
  ['DELETE /trackings/:carrier/:number', { handle: remove }],
  ['POST /trackings/realtime', { limitClass: 'realtime', handle: realtime }],
  ['GET /trackings/getstatusnumber', { handle: countStatuses }],
  ['GET /carriers', { handle: () => ({ code: 200, data: '', whole: carriersText }) }],
  ['POST /carriers/detect', { handle: detect }],
]);
