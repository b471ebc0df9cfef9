// What is encoded, normalised or read, over random inputs: identity there and back, nothing that slips through, and
// nobody who is given another's answer. Seeded, so that a failure is the same tomorrow.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../src/domain/errors.ts';
import {
  parseCarrierCode,
  parseKey,
  parseTrackingId,
  parseTrackingNumber,
  readKey,
  trackingId,
} from '../../src/domain/key.ts';
import { decodeCursor, encodeCursor, pageWindow } from '../../src/domain/page.ts';
import { ENDPOINTS } from '../../src/upstream/endpoints.ts';
import { readBatch, readCarriers, readList, readOne, readRealtime, type WireSource } from '../../src/upstream/wire.ts';
import {
  BatchCreateTrackingsDocument,
  CardDocument,
  CreateBrieflyDocument,
  DeleteTrackingDocument,
  NodesDocument,
  RealtimeQuestionDocument,
  UpdateBrieflyDocument,
} from '../gql/graphql.ts';
import type { Answer, Arrival } from '../support/upstream.ts';
import {
  batch,
  codesOf,
  created,
  event,
  item,
  leg,
  open,
  page,
  PARCEL,
  realtimeItem,
  single,
  text,
  updated,
} from './support.ts';

const SEEDED = { seed: 20_260_302 } as const;

const carrierCodes = fc.stringMatching(/^[0-9a-z_-]{1,50}$/);
const trackingNumbers = fc.stringMatching(/^[0-9A-Z_-]{5,64}$/);
const keys = fc.record({ carrierCode: carrierCodes, trackingNumber: trackingNumbers });

/** Text with one character replaced, added or taken away. */
const edited = (original: string) =>
  fc
    .record({
      at: fc.nat(original.length - 1),
      by: fc.oneof(fc.stringMatching(/^[\w=+/ -]$/), fc.string({ unit: 'binary', maxLength: 2 })),
    })
    .map(({ at, by }) => original.slice(0, at) + by + original.slice(at + 1))
    .filter((text) => text !== original);

describe('ids', () => {
  it('give back the key they were made of', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(parseTrackingId(trackingId(key))).toMatchObject(key);
      }),
      SEEDED,
    );
  });

  it('that were edited, or were never ids, are no ids or those of what they now say', () => {
    const texts = fc.oneof(
      keys.chain((key) => edited(trackingId(key))),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const key = parseTrackingId(text);
        // One spelling for each: two ids for one tracking would split a client's cache.
        if (key) expect(trackingId(key)).toBe(text);
      }),
      { ...SEEDED, numRuns: 2_000 },
    );
  });
});

describe('cursors', () => {
  const offsets = fc.oneof(fc.nat(300), fc.nat(999_999_999));

  it('give back their offset under the same filter', () => {
    fc.assert(
      fc.property(offsets, fc.string(), (offset, filter) => {
        expect(decodeCursor(encodeCursor(offset, filter), filter)).toBe(offset);
      }),
      SEEDED,
    );
  });

  it('that were edited, or were never cursors, are refused', () => {
    const texts = fc.oneof(
      offsets.chain((offset) => edited(encodeCursor(offset, 'f'))),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.constant(''),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(() => decodeCursor(text, 'f')).toThrow(InvalidInput);
      }),
      { ...SEEDED, numRuns: 2_000 },
    );
  });

  it('of another filter are refused', () => {
    fc.assert(
      fc.property(offsets, fc.string(), fc.string(), (offset, filter, other) => {
        fc.pre(filter !== other);
        expect(() => decodeCursor(encodeCursor(offset, filter), other)).toThrow(InvalidInput);
      }),
      SEEDED,
    );
  });
});

describe('the upstream page for a window', () => {
  it('holds the window, and is no larger than it must be', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 100 }), (offset, size) => {
        const { page: number, limit, skip } = pageWindow(offset, size);
        const from = (number - 1) * limit;
        expect(from + skip).toBe(offset);
        expect(skip + size).toBeLessThanOrEqual(limit);
        // Small pages at offsets like 232792559 find a boundary at every limit up to 22.
        expect(limit).toBeLessThan(2 * size + 20);
        if (offset % size === 0) expect({ limit, skip }).toEqual({ limit: size, skip: 0 });
      }),
      { ...SEEDED, numRuns: 2_000 },
    );
  });

  it('gives the same items as a slice of the list', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(450), fc.integer({ min: 1, max: 100 }), (length, offset, size) => {
        const list = Array.from({ length }, (_, i) => i);
        const { page: number, limit, skip } = pageWindow(offset, size);
        const upstream = list.slice((number - 1) * limit, number * limit);
        expect(upstream.slice(skip, skip + size)).toEqual(list.slice(offset, offset + size));
      }),
      { ...SEEDED, numRuns: 1_000 },
    );
  });
});

// What people and attackers write into paths, and letters whose other case is a plain one.
const NASTY = [
  '..',
  '../..',
  './a',
  'a/../b',
  '%2e%2e',
  '%2E%2E%2F',
  'abc/def',
  'abc\\def',
  'abc?x=1',
  'abc#def',
  'abcde\r\nHost: x',
  'abcde\nx',
  'abc\0def',
  'abc def',
  'abc,def',
  'abc|def',
  'abc\ud800def',
  '\udfffabcde',
  '\u202eabcde',
  'abc\u200bde',
  'abc\u200fde',
  'http://x/y',
  'ＡＢＣＤＥ',
  'ABCDEß',
  'ſſſſſ',
  'ııııı',
  'ﬀﬁﬂﬃ12',
  '\u212aelvin',
  'İstanbul',
  '',
  '   ',
];

describe('keys', () => {
  const anything = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'binary', maxLength: 70 }),
    fc.stringMatching(/^[\t ]?[0-9A-Za-z_-]{0,70}[\r\n ]?$/),
    fc.tuple(fc.stringMatching(/^[0-9A-Za-z]{4,8}$/), fc.constantFrom(...NASTY)).map((parts) => parts.join('')),
  );
  const keyOf = (carrierCode: string, trackingNumber: string) => ({
    carrierCode,
    trackingNumber,
    text: `${carrierCode}|${trackingNumber}`,
  });
  const tried = <T>(parse: () => T): T | null => {
    try {
      return parse();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInput);
      return null;
    }
  };

  it('are what was written, in one case and without the blanks around it, or refused', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const plain = text.trim();
        const number = tried(() => parseTrackingNumber(text));
        const carrier = tried(() => parseCarrierCode(text));
        expect(number).toBe(/^[0-9A-Za-z_-]{5,64}$/.test(plain) ? plain.toUpperCase() : null);
        expect(carrier).toBe(/^[0-9A-Za-z_-]{1,50}$/.test(plain) ? plain.toLowerCase() : null);
        // What the upstream writes is held to the same rules.
        expect(readKey('cdek', text)).toEqual(number === null ? null : keyOf('cdek', number));
        expect(readKey(text, 'ABCDE')).toEqual(carrier === null ? null : keyOf(carrier, 'ABCDE'));
      }),
      { ...SEEDED, numRuns: 5_000 },
    );
  });

  it('are the same however they are written, and stay what they are', () => {
    fc.assert(
      fc.property(keys, ({ carrierCode, trackingNumber }) => {
        const key = parseKey(` ${carrierCode.toUpperCase()}\t`, `\n${trackingNumber.toLowerCase()} `);
        expect(key).toEqual(keyOf(carrierCode, trackingNumber));
        expect(parseKey(key.carrierCode, key.trackingNumber)).toEqual(key);
      }),
      SEEDED,
    );
  });

  it('make paths of one form only', () => {
    fc.assert(
      fc.property(keys, ({ carrierCode, trackingNumber }) => {
        const path = ENDPOINTS.readOne.path(keyOf(carrierCode, trackingNumber));
        expect(path).toMatch(/^\/trackings\/[0-9a-z_-]+\/[0-9A-Z_-]+$/);
        expect(new URL(`http://x/v1${path}`).pathname).toBe(`/v1${path}`);
      }),
      SEEDED,
    );
  });

  it('that are refused reach no upstream, on no operation', async () => {
    const world = await open(() => ({ data: [single()] }));
    for (const text of NASTY) {
      for (const key of [
        { carrierCode: 'cdek', trackingNumber: text },
        { carrierCode: text, trackingNumber: '1234567890' },
      ]) {
        // Some of them are good carrier codes once trimmed; none of those is among the numbers.
        const answers = [
          await world.run(CardDocument, key),
          await world.run(UpdateBrieflyDocument, { ...key, input: { title: 'x' } }),
          await world.run(DeleteTrackingDocument, key),
          await world.run(CreateBrieflyDocument, { input: key }),
          await world.run(RealtimeQuestionDocument, key),
        ];
        expect(
          answers.map((answer) => codesOf(answer)),
          JSON.stringify(text),
        ).toEqual(Array(answers.length).fill(['BAD_USER_INPUT']));
      }
    }
    expect(world.calls()).toEqual([]);
  });
});

const WIRE: Readonly<Record<WireSource, object>> = {
  create: created({ order_create_time: 1_772_357_400 }),
  single: single({
    origin_info: leg('china-post', [event('2026-02-24 10:17'), event('2026-02-14 18:56:00')]),
    destination_info: leg('russian-post', [event('2026-03-03 07:11:58')]),
    itemTimeLength: 17,
  }),
  list: item({ origin_info: leg('china-post', [event('2026-02-24 10:17')]) }),
  realtime: realtimeItem({ origin_info: leg('china-post', [event('2026-02-24 10:17')]) }),
  update: updated({ archived: 'true', status: '7' }),
};

function readAs(source: WireSource, value: object) {
  switch (source) {
    case 'list':
      return readList({ items: [value], total: '1' }, 0)?.items[0];
    case 'realtime':
      return readRealtime({ items: [value] }, 0);
    default:
      return readOne(value, source, 0);
  }
}

const sources = fc.constantFrom<WireSource>('create', 'single', 'list', 'realtime', 'update');
const KEY_MEMBERS = ['tracking_number', 'carrier_code'];

/** Values that have broken readers before, beside any JSON. */
const strange = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'null',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    -1,
    0.5,
    2 ** 31,
    2 ** 53,
    1e308,
    -1e308,
    8.64e12,
    [],
    {},
    [[]],
    [null],
    [{}],
    '2026-13-45 99:99',
    '0000-00-00 00:00:00',
    '2026-02-30 10:00',
    '2026-03-02T10:15:00+99:99',
    '[CN]',
    '//',
    'javascript:alert(1)',
    '\ud800',
  ),
);

/** The object with some members replaced and some taken away, at any depth, but for what names the tracking. */
function mangled(original: object): fc.Arbitrary<object> {
  const members = Object.entries(original).map(([name, value]: [string, unknown]) => {
    if (KEY_MEMBERS.includes(name)) return fc.constant([[name, value]] as const);
    const inner: fc.Arbitrary<unknown> = Array.isArray(value)
      ? fc.tuple(...value.map((each) => fc.oneof(strange, mangled(each as object))))
      : typeof value === 'object' && value !== null
        ? mangled(value)
        : fc.constant(value);
    return fc.oneof(
      { weight: 4, arbitrary: inner.map((kept) => [[name, kept]] as const) },
      { weight: 2, arbitrary: strange.map((other) => [[name, other]] as const) },
      { weight: 1, arbitrary: fc.constant([] as const) },
    );
  });
  return fc.tuple(...members).map((entries) => Object.fromEntries(entries.flat()) as object);
}

describe('a reply', () => {
  it('whose members are missing or of other types is read, and keeps its key', () => {
    const cases = sources.chain((source) => mangled(WIRE[source]).map((value) => ({ source, value })));
    fc.assert(
      fc.property(cases, ({ source, value }) => {
        const wire = JSON.parse(JSON.stringify(value)) as object;
        expect(readAs(source, wire)?.key).toMatchObject(PARCEL);
      }),
      { ...SEEDED, numRuns: 2_000 },
    );
  });

  it('with members nobody knows, in any order, is the same reply', () => {
    const extras = fc.dictionary(
      fc
        .string()
        .filter(
          (name) =>
            !Object.values(WIRE).some((wire) => name in wire) &&
            !/^(destination|substatus|archived|comment|customer)/.test(name),
        ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(sources, extras, fc.infiniteStream(fc.nat()), (source, more, order) => {
        const entries = [...Object.entries(WIRE[source]), ...Object.entries(more)]
          .map((entry) => ({ entry, rank: Number(order.next().value) }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ entry }) => entry);
        expect(readAs(source, Object.fromEntries(entries) as object)).toEqual(readAs(source, WIRE[source]));
      }),
      { ...SEEDED, numRuns: 500 },
    );
  });

  it('that is none at all is read as none, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(strange, fc.object()), (value) => {
        for (const source of ['single', 'create', 'update'] as const) readOne(value, source, 0);
        for (const read of [readList, readBatch, readRealtime]) read(value, 0);
        for (const wrapped of [
          { items: value, total: value },
          { items: [value] },
          { trackings: value, errors: value },
          { trackings: [value], errors: [value] },
        ]) {
          for (const read of [readList, readBatch, readRealtime]) read(wrapped, 0);
        }
        readCarriers(value);
        readCarriers([value, { code: value, name: value, type: value, picture: value }]);
      }),
      { ...SEEDED, numRuns: 2_000 },
    );
  });

  it('of any make fails no query', async () => {
    let wire: object = {};
    const world = await open((arrival) =>
      arrival.path.startsWith('/trackings/get')
        ? { code: 4031 }
        : text(JSON.stringify({ meta: { code: 200 }, data: [wire] })),
    );
    await fc.assert(
      fc.asyncProperty(mangled(WIRE.single), async (value) => {
        wire = value;
        const { data, errors } = await world.run(CardDocument, PARCEL);
        expect(errors).toBeUndefined();
        expect(data?.tracking).toMatchObject({ ...PARCEL, id: trackingId(PARCEL) });
      }),
      { ...SEEDED, numRuns: 200 },
    );
  });
});

interface Parcel {
  readonly carrierCode: string;
  readonly trackingNumber: string;
}

/** Distinct parcels, some of which share their number under several carriers. */
const parcels = (most: number) =>
  fc.uniqueArray(
    fc.record({
      carrierCode: fc.constantFrom('cdek', 'usps', 'china-post'),
      trackingNumber: fc.nat(25).map((n) => `RA${String(n).padStart(4, '0')}`),
    }),
    { minLength: 2, maxLength: most, selector: trackingId },
  );

/** A list shuffled, with some elements lost and some twice. */
const disturbed = <T>(list: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc
    .tuple(...list.map((each) => fc.constantFrom(0, 1, 1, 1, 2).map((times) => Array<T>(times).fill(each))))
    .chain((copies) => fc.shuffledSubarray(copies.flat(), { minLength: copies.flat().length }));

const wireKey = ({ carrierCode, trackingNumber }: Parcel) => ({
  carrier_code: carrierCode,
  tracking_number: trackingNumber,
});
const keyOfPath = ({ path }: Arrival): Parcel => {
  const [, , carrierCode = '', trackingNumber = ''] = path.split('/');
  return { carrierCode, trackingNumber };
};

describe('a list that answers several look-ups', () => {
  it('gives each its own tracking or none, in whatever order and company they come', async () => {
    const scenarios = parcels(12).chain((asked) =>
      fc
        .record({
          there: fc.subarray([...asked]),
          foreign: fc.subarray(['FOREIGN01', 'FOREIGN02'], { maxLength: 2 }),
          total: fc.constantFrom('true', 'seen', 'missing'),
        })
        .chain(({ there, foreign, total }) => {
          const items = [
            ...there.map((parcel) => item({ ...wireKey(parcel), title: trackingId(parcel) })),
            ...foreign.map((number) => item({ tracking_number: number, carrier_code: 'cdek', title: 'foreign' })),
          ];
          const totals = { true: String(there.length), seen: undefined, missing: null };
          return disturbed(items).map((sent) => ({
            asked,
            there,
            sent,
            honest: total === 'true',
            total: totals[total as 'true'],
          }));
        }),
    );
    let sent: readonly object[] = [];
    let total: string | null | undefined;
    let there = new Set<string>();
    const world = await open(
      (arrival): Answer => {
        if (arrival.path.startsWith('/trackings/get'))
          return { data: page(sent, total === undefined ? {} : { total }) };
        const parcel = keyOfPath(arrival);
        const id = trackingId(parcel);
        return there.has(id) ? { data: [single({ ...wireKey(parcel), title: id })] } : { code: 4031 };
      },
      { env: { TRACKRU_LOOKUP_BATCHING: 'on' } },
    );
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        ({ sent, total } = scenario);
        there = new Set(scenario.there.map(trackingId));
        const ids = scenario.asked.map(trackingId);
        const { data, errors } = await world.run(NodesDocument, { ids });
        expect(errors).toBeUndefined();
        for (const [index, id] of ids.entries()) {
          const node = data?.nodes[index];
          if (node) expect(node).toMatchObject({ id, title: id });
          // A reply that admits that something is missing is not taken for the whole truth.
          if (scenario.honest) expect(Boolean(node), id).toBe(there.has(id));
          if (!there.has(id)) expect(node).toBeNull();
        }
      }),
      { ...SEEDED, numRuns: 150 },
    );
  });
});

// Without "quota": it stops what is paid for in the whole account (test/faults, A12).
const FATES = ['created', 'exists', 'number', 'carrier'] as const;
type Fate = (typeof FATES)[number];
const CODE_OF: Readonly<Record<Exclude<Fate, 'created'>, number>> = {
  exists: 4016,
  number: 4014,
  carrier: 4015,
};
const SHOWN: Readonly<Record<Fate, string>> = {
  created: 'created',
  exists: 'ALREADY_EXISTS',
  number: 'INVALID_TRACKING_NUMBER',
  carrier: 'INVALID_CARRIER_CODE',
};

/** An element of `errors` in one of the forms that brands have (upstream.md §4.2). */
const failureForms: readonly ((parcel: Parcel, code: number) => unknown)[] = [
  (parcel, code) => ({ ...wireKey(parcel), code, message: 'x' }),
  (parcel, code) => ({ meta: { tracking_number: parcel.trackingNumber, code, message: 'x' } }),
  (parcel, code) => JSON.stringify({ meta: { tracking_number: parcel.trackingNumber, code, message: 'x' } }),
  (parcel, code) =>
    JSON.stringify({ ...wireKey(parcel), carrier_code: parcel.carrierCode.toUpperCase(), code: String(code) }),
];

describe('a batch reply', () => {
  it('gives each item its own outcome, and what it does not tell is found out', async () => {
    const scenarios = parcels(15).chain((sent) =>
      fc.tuple(...sent.map((parcel) => fc.constantFrom(...FATES).map((fate) => ({ parcel, fate })))).chain((plan) => {
        const done = plan.filter(({ fate }) => fate === 'created').map(({ parcel }) => created(wireKey(parcel)));
        const failures = plan.flatMap(({ parcel, fate }) =>
          fate === 'created' ? [] : [fc.constantFrom(...failureForms).map((form) => form(parcel, CODE_OF[fate]))],
        );
        const strangers = [created({ tracking_number: 'FOREIGN01' }), {}, null, 'x'];
        return fc.record({
          plan: fc.constant(plan),
          trackings: disturbed([...done, ...strangers]),
          errors: fc.tuple(...failures).chain((each) => disturbed([...each, 'no JSON', 7, { meta: {} }])),
        });
      }),
    );
    let fates = new Map<string, Fate>();
    let reply: object = {};
    let batches = 0;
    const script = (arrival: Arrival): Answer => {
      const fateOf = (wire: { carrier_code: string; tracking_number: string }) =>
        fates.get(trackingId({ carrierCode: wire.carrier_code, trackingNumber: wire.tracking_number })) ?? 'number';
      const there = (parcel: Parcel): object[] => {
        const fate = fates.get(trackingId(parcel));
        if (fate !== 'created' && fate !== 'exists') return [];
        return [single({ ...wireKey(parcel), title: fate === 'created' ? 'ours' : 'theirs' })];
      };
      if (arrival.path.startsWith('/trackings/get')) {
        const numbers = new URLSearchParams(arrival.path.split('?')[1]).get('numbers')?.split(',') ?? [];
        const keys = [...fates.keys()].map((id) => parseTrackingId(id)).filter((key) => key !== null);
        const items = keys.filter((key) => numbers.includes(key.trackingNumber)).flatMap(there);
        return { data: { page: 1, limit: 100, total: String(items.length), count: items.length, items } };
      }
      if (arrival.method === 'GET') {
        const [item] = there(keyOfPath(arrival));
        return item ? { data: [item] } : { code: 4031 };
      }
      const body: unknown = JSON.parse(arrival.body);
      if (!Array.isArray(body)) {
        const fate = fateOf(body as { carrier_code: string; tracking_number: string });
        return fate === 'created' ? { data: created(body as object) } : { code: CODE_OF[fate] };
      }
      batches += 1;
      if (batches === 1) return { code: 201, data: reply };
      // The repeat is answered as the documents have it.
      const items = body as { carrier_code: string; tracking_number: string }[];
      const failed = items.flatMap((wire) => {
        const fate = fateOf(wire);
        return fate === 'created' ? [] : [{ ...wire, code: CODE_OF[fate] }];
      });
      return { code: 201, data: batch(items.filter((wire) => fateOf(wire) === 'created').map(created), failed) };
    };
    await fc.assert(
      fc.asyncProperty(scenarios, async ({ plan, trackings, errors }) => {
        fates = new Map(plan.map(({ parcel, fate }) => [trackingId(parcel), fate]));
        reply = { submitted: plan.length, added: 0, trackings, errors };
        batches = 0;
        // A used-up quota is remembered.
        const world = await open(script);
        const input = plan.map(({ parcel }) => ({ ...parcel, title: 'ours' }));
        const answer = await world.run(BatchCreateTrackingsDocument, { input });
        expect(answer.errors).toBeUndefined();
        const results = answer.data?.batchCreateTrackings.results ?? [];
        const shown = results.map((result) =>
          result.__typename === 'CreateTrackingPayload' ? `created ${result.tracking.id}` : result.code,
        );
        expect(shown).toEqual(
          plan.map(({ parcel, fate }) => (fate === 'created' ? `created ${trackingId(parcel)}` : SHOWN[fate])),
        );
      }),
      { ...SEEDED, numRuns: 150 },
    );
  });
});
