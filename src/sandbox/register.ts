// The endpoints that register numbers: create, batch and realtime (upstream.md §4.1, §4.2, §4.7), and the quota.
// What can be done with a registered tracking is in endpoints.ts.
import { carrierProblem, fail, numberProblem, parseJson, textOf } from './call.ts';
import { detectCarriers } from './carriers.ts';
import { codeRow, phpJson } from './codes.ts';
import { isRecord } from './faults.ts';
import { trackingId } from './store.ts';
import type { Answer, Body, Call } from './call.ts';
import type { Tracking, Values } from './store.ts';

const MAX_BATCH = 40;

/** Number and carrier of a body, or the code of what is wrong with them, in the order of upstream.md §13.4. */
function identify(call: Call, body: Body): { number: string; carrier: string } | number {
  const number = textOf(body['tracking_number']).trim();
  const given = textOf(body['carrier_code']).trim();
  if (number === '') return 4013;
  const malformed = numberProblem(number);
  if (malformed !== null) return malformed;
  if (given === '' && !call.settings.createDetectsCarrier) return 4015;
  const carrier = given === '' ? detectCarriers(number)[0]?.code : given;
  if (carrier === undefined) return 4032;
  const problem = carrierProblem(call, carrier);
  return problem ?? { number: call.settings.numberCase === 'upper' ? number.toUpperCase() : number, carrier };
}

// Only what is given and not blank is kept; realtime has its own name for the order id, and both names are accepted.
function valuesOf(body: Body): Values {
  const names = ['title', 'logistics_channel', 'customer_name', 'customer_email', 'customer_phone', 'comment'] as const;
  return { ...valuesNamed(body, names), ...lookupValues(body) };
}

function lookupValues(body: Body): Values {
  const order = textOf(body['order_id']) || textOf(body['order']);
  return { ...valuesNamed(body, ['order_create_time', 'destination_code']), ...(order && { order_id: order }) };
}

function valuesNamed(body: Body, names: readonly (keyof Values)[]): Values {
  const values: Values = {};
  for (const name of names) {
    const text = textOf(body[name]);
    if (text !== '') values[name] = text;
  }
  return values;
}

/** Registers a new number; `over` when the quota is used up and the mode only warns (upstream.md §10.3). */
function register(
  call: Call,
  key: { number: string; carrier: string },
  body: Body,
  values: Values,
): { tracking: Tracking; over: boolean } | null {
  const { account, settings } = call;
  const used = account.paid.size + Math.floor(account.detections / 5);
  const free = account.paid.has(trackingId(account.name, key.carrier, key.number));
  const over = !free && settings.quota !== null && used >= settings.quota;
  if (over && settings.quotaMode === 'refuse') return null;
  const lang = textOf(body['lang']);
  return { tracking: call.store.add(account, { ...key, values, lang: lang === '' ? null : lang }, call.now), over };
}

function createOne(call: Call, body: unknown): { code: number; tracking?: Tracking } {
  if (!isRecord(body)) return { code: call.settings.badBodyCode };
  const key = identify(call, body);
  if (typeof key === 'number') return { code: key };
  if (call.store.find(call.account, key.carrier, key.number)) return { code: 4016 };
  const added = register(call, key, body, valuesOf(body));
  if (!added) return { code: 4019 };
  call.effect('created', added.tracking);
  return { code: added.over ? 202 : 200, tracking: added.tracking };
}

/** POST `/trackings/post` (upstream.md §4.1). */
export function create(call: Call): Answer {
  const { code, tracking } = createOne(call, parseJson(call.body));
  return { code, data: tracking ? call.text('create', tracking) : '[]' };
}

/** An element of `errors`: an object, or the JSON text of one brand (Q25). */
function batchError(item: Body, code: number, asText: boolean): unknown {
  const [number, carrier] = [textOf(item['tracking_number']), textOf(item['carrier_code'])];
  const { message } = codeRow(code);
  if (asText) return phpJson({ meta: { tracking_number: number, code, message } });
  return { tracking_number: number, carrier_code: carrier, code, message };
}

/** POST `/trackings/batch` (upstream.md §4.2): elements in order, each with its own outcome. */
export function batch(call: Call): Answer {
  const list = parseJson(call.body);
  if (!Array.isArray(list)) return fail(call.settings.badBodyCode);
  if (list.length === 0) return fail(4012);
  if (list.length > MAX_BATCH) return fail(call.settings.batchTooMany);
  const added: string[] = [];
  const errors: unknown[] = [];
  let over = false;
  for (const item of list) {
    const { code, tracking } = isRecord(item) ? createOne(call, item) : { code: 4012 };
    over ||= code === 202;
    if (tracking) added.push(call.text('create', tracking));
    else
      errors.push(
        batchError(isRecord(item) ? item : {}, code, call.stringErrors || call.settings.batchErrors === 'strings'),
      );
  }
  const code = added.length === 0 ? call.settings.batchAllFailed : over ? 202 : 201;
  if (code > 299) return fail(code);
  const data = `{"submitted":${list.length},"added":${added.length},"trackings":[${added.join(',')}],"errors":${phpJson(errors)}}`;
  return { code, data, ...(code === 201 && { type: call.settings.batchCreatedType }) };
}

/** POST `/trackings/realtime` (upstream.md §4.7): registers what is new, looks up, answers. */
export function realtime(call: Call): Answer {
  const body = parseJson(call.body);
  if (!isRecord(body)) return fail(call.settings.badBodyCode);
  const key = identify(call, body);
  if (typeof key === 'number') return fail(key);
  const known = call.store.find(call.account, key.carrier, key.number);
  const found = known ? { tracking: known, over: false } : register(call, key, body, lookupValues(body));
  if (!found) return fail(4019);
  const { tracking, over } = found;
  if (!known) call.effect('registered', tracking);
  if (!known && call.settings.realtimeFirst === '4031') return fail(4031);
  if (known && call.settings.realtimeStores === 'always')
    tracking.values = { ...tracking.values, ...lookupValues(body) };
  call.store.touch(tracking);
  call.store.lookUp(tracking, call.now);
  return { code: over ? 202 : 200, data: `{"items":[${call.text('realtime', tracking)}]}` };
}
