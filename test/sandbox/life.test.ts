// Derived values (upstream.md §7.4, §7.5) and the life of a tracking (§13.5).
import { describe, expect, it } from 'vitest';
import { createCourse, derive, latestOf, see } from '../../src/sandbox/life.ts';
import { scriptFor } from '../../src/sandbox/scripts.ts';
import { magicRows } from '../../src/sandbox/magic.ts';
import { stories } from '../../src/sandbox/stories.ts';
import { DAY, HOUR, SECOND, START, looked, open } from './support.ts';
import type { TimedEvent } from '../../src/sandbox/life.ts';

const wall = (text: string): number => Date.parse(text.replace(' ', 'T') + (text.length === 16 ? ':00Z' : 'Z'));

function event(date: string, status = 'transit', substatus = 'transit001'): TimedEvent {
  const short = date.length === 16;
  return {
    event: { at: 0, text: '', place: '', status, substatus, short, zone: null },
    at: wall(date),
    wall: wall(date),
  };
}

// number, origin newest first, destination, status, now, itemTimeLength, stayTimeLength
type Worked = [string, TimedEvent[], TimedEvent[], string, string, number | null, number | null];
const worked: Worked[] = [
  [
    'W1',
    [event('2019-07-25 22:02:05', 'pickup'), event('2019-06-03 14:57:41')],
    [],
    'pickup',
    '2019-08-20 16:15:04',
    79,
    26,
  ],
  [
    'W2',
    [event('2019-08-06 18:39:14', 'delivered'), event('2019-08-05 18:42:58')],
    [],
    'delivered',
    '2019-08-19 09:51:00',
    1,
    13,
  ],
  [
    'W3',
    [event('2019-07-22 19:33:06', 'pickup'), event('2019-06-03 14:57:41')],
    [],
    'pickup',
    '2019-08-21 15:35:05',
    80,
    30,
  ],
  ['W4', [event('2018-10-11 15:59')], [], 'transit', '2018-10-13 16:04:23', 3, 3],
  [
    'W5',
    [
      event('2021-01-19 10:33', 'delivered'),
      event('2021-01-19 03:32', 'pickup', 'pickup001'),
      event('2021-01-15 13:28'),
    ],
    [],
    'delivered',
    '2021-01-19 10:47:58',
    4,
    1,
  ],
  [
    'W6',
    [event('2021-01-26 22:35', 'delivered'), event('2021-01-24 21:23')],
    [],
    'delivered',
    '2021-01-27 19:28:49',
    3,
    1,
  ],
  [
    'W7',
    [event('2020-12-23 10:17'), event('2020-12-03 18:56')],
    [event('2021-01-11 09:11:58', 'pickup')],
    'pickup',
    '2021-01-11 04:46:47',
    39,
    19,
  ],
  ['W8', [event('2020-12-23 00:00'), event('2020-12-03 00:00')], [], 'expired', '2021-01-05 11:47:35', 34, 14],
  ['W9', [event('2018-04-14 17:07:00'), event('2018-04-07 16:45:00')], [], 'transit', '2018-04-18 14:30:00', 11, 4],
  ['W10', [event('2026-03-01 20:00:00', 'InfoReceived')], [], 'InfoReceived', '2026-03-02 10:00:00', null, 1],
  ['W11', [], [], 'exception', '2026-03-02 10:00:00', null, null],
];

describe('derived values', () => {
  for (const [name, origin, destination, status, now, item, stay] of worked) {
    it(`${name} of upstream.md §7.5 comes out as captured`, () => {
      expect(derive(origin, destination, status, wall(now))).toMatchObject({
        itemTimeLength: item,
        stayTimeLength: stay,
      });
      if (status !== 'expired' && origin.length > 0) expect(latestOf(origin, destination)?.event.status).toBe(status);
    });
  }

  it('of two events with the same date, the latest is the one of the second leg', () => {
    const [o0, d0] = [event('2026-03-01 10:00'), event('2026-03-01 10:00:00', 'pickup')];
    expect(latestOf([o0], [d0])).toBe(d0);
  });

  it('DestinationArrived is the oldest pickup001, and an event with pickup and notfound001 does not count', async () => {
    const commas = await looked(await open(), 'COMMAS001');
    const dates = Object.fromEntries(
      commas.origin_info.trackinfo.map((e: { substatus: string; Date: string }) => [e.substatus, e.Date]),
    );
    expect(commas.origin_info.DestinationArrived).toBe(dates['pickup001']);
    expect(commas.origin_info.trackinfo.at(-1).ItemNode).toBe('ItemReceived');
  });

  it('of several arrivals from abroad, customs and departures the oldest counts', async () => {
    const two = await looked(await open(), 'TWOLEGS001');
    const arrivals = two.origin_info.trackinfo.filter((e: { substatus: string }) => e.substatus === 'transit004');
    expect(two.origin_info).toMatchObject({
      ArrivalfromAbroad: arrivals[1].Date,
      DepartfromAirport: arrivals[1].Date,
      ItemDispatched: null,
    });
    expect(two.destination_info.CustomsClearance).toBe(two.destination_info.trackinfo[1].Date);
  });

  it('an announced parcel has no ItemReceived and no ItemNode', async () => {
    const { origin_info, itemTimeLength, stayTimeLength } = await looked(await open(), 'INFORECEIVED001');
    expect(origin_info.ItemReceived).toBeNull();
    expect(origin_info.trackinfo[0]).not.toHaveProperty('ItemNode');
    expect([itemTimeLength, stayTimeLength]).toEqual([null, 1]);
  });
});

describe('a life', () => {
  it('is pending until the first lookup, which shows what has happened', async () => {
    const world = await open();
    await world.create('DELIVERED001', 'cdek');
    world.sandbox.advance(9 * SECOND);
    expect((await world.read('cdek', 'DELIVERED001')).data[0]).toMatchObject({
      status: 'pending',
      updated_at: null,
      lastEvent: '',
    });
    world.sandbox.advance(SECOND);
    expect((await world.read('cdek', 'DELIVERED001')).data[0]).toMatchObject({
      status: 'delivered',
      updated_at: '2026-03-02T10:15:10+00:00',
    });
  });

  it('is refreshed every 3 h for express and 6 h for a post, and not by reading', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    await world.create('TRANSIT001', 'usps');
    const updated = async (carrier: string) =>
      (await world.read(carrier, 'TRANSIT001')).data[0].updated_at.slice(11, 19);
    world.sandbox.advance(3 * HOUR + 9 * SECOND);
    expect([await updated('cdek'), await updated('usps')]).toEqual(['10:15:10', '10:15:10']);
    world.sandbox.advance(SECOND);
    expect([await updated('cdek'), await updated('usps')]).toEqual(['13:15:10', '10:15:10']);
    world.sandbox.advance(3 * HOUR);
    expect([await updated('cdek'), await updated('usps')]).toEqual(['16:15:10', '16:15:10']);
  });

  it('evolves with the clock, and realtime shows each step at once', async () => {
    const world = await open();
    const words: string[] = [];
    for (let minute = 0; minute < 5; minute++) {
      const { data } = await world.api('POST', '/trackings/realtime', {
        tracking_number: 'MINUTES001',
        carrier_code: 'cdek',
      });
      words.push(data.items[0].status);
      world.sandbox.advance(60 * SECOND);
    }
    expect(words).toEqual(['notfound', 'transit', 'transit', 'pickup', 'delivered']);
    world.sandbox.advance(DAY);
    // A delivered parcel is not refreshed any more.
    expect((await world.read('cdek', 'MINUTES001')).data[0].updated_at).toBe('2026-03-02T10:19:00+00:00');
  });

  it('expires 30 days after ItemReceived for express, 60 for a post, and is then not refreshed', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    await world.create('NOTFOUND001', 'usps');
    world.sandbox.advance(26 * DAY + 4 * HOUR);
    const express = (await world.read('cdek', 'TRANSIT001')).data[0];
    expect(express).toMatchObject({ status: 'expired', itemTimeLength: 31 });
    expect((await world.read('usps', 'NOTFOUND001')).data[0].status).toBe('notfound');
    world.sandbox.advance(34 * DAY);
    expect((await world.read('usps', 'NOTFOUND001')).data[0].status).toBe('expired');
    expect((await world.read('cdek', 'TRANSIT001')).data[0].updated_at).toBe(express.updated_at);
  });

  it('shows its texts in the language it was created with, or that the path asks for, where there is one', async () => {
    const world = await open();
    const said = async (path: string) =>
      (await world.api('GET', path)).data[0].origin_info.trackinfo[0].StatusDescription;
    await looked(world, 'PICKUP001', 'cdek', { lang: 'RU' });
    await looked(world, 'PICKUP002');
    expect(await said('/trackings/cdek/PICKUP001')).toBe('Ожидает адресата в месте вручения');
    expect(await said('/trackings/cdek/PICKUP002')).toBe('Ready for collection');
    expect(await said('/trackings/cdek/PICKUP002/ru')).toBe('Ожидает адресата в месте вручения');
    expect(await said('/trackings/cdek/PICKUP002/it')).toBe('Ready for collection');
  });
});

describe('scripts', () => {
  const words = [
    'pending',
    'notfound',
    'transit',
    'pickup',
    'delivered',
    'undelivered',
    'exception',
    'expired',
    'InfoReceived',
    'OnHold',
  ];

  for (const word of words) {
    it(`the magic number ${word.toUpperCase()}001 has the status ${word}`, async () => {
      expect((await looked(await open(), `${word.toUpperCase()}001`)).status).toBe(word);
    });
  }

  it('every magic number is valid and answers the same on every run', async () => {
    const numbers = magicRows.filter((row) => !row.fault).map((row) => [row.carrier ?? 'ups', row.name] as const);
    const run = async () => {
      const world = await open();
      const texts = [];
      for (const [carrier, number] of numbers) {
        expect((await world.create(number, carrier)).code).toBe(200);
        world.sandbox.advance(10 * SECOND);
        texts.push((await world.read(carrier, number)).text);
      }
      return texts;
    };
    expect(await run()).toEqual(await run());
    for (const row of magicRows) expect(row.match.test(row.name)).toBe(true);
  });

  it('every list is newest first, by moment and by date', () => {
    const numbers = magicRows.map((row) => [row.carrier ?? 'cdek', row.name] as const);
    const others = [...Array(200).keys()].flatMap(
      (n) =>
        [
          ['usps', `AB${n}00000`],
          ['4px', `CD${n}00000`],
        ] as const,
    );
    for (const [carrier, number] of [...numbers, ...others]) {
      const rules = { offset: 0, firstLookup: 0, refresh: HOUR, expire: 9999 * DAY };
      const sight = see(createCourse(scriptFor(carrier, number), START, rules), START + 400 * DAY, null);
      for (const list of [sight.origin, sight.destination]) {
        list.forEach((e, i) => expect(e.wall).toBeGreaterThanOrEqual(list[i + 1]?.wall ?? -Infinity));
      }
    }
  });

  it('ordinary numbers live the stories by weight, the same for any case', () => {
    expect(stories.reduce((sum, s) => sum + s.express, 0)).toBe(100);
    expect(stories.reduce((sum, s) => sum + s.post, 0)).toBe(100);
    expect(scriptFor('CDEK', 'ab123456')).toEqual(scriptFor('cdek', 'AB123456'));
  });

  it('the raw members of UPS are on its events', async () => {
    const [event] = (await looked(await open(), 'ACTTYPE001', 'ups')).origin_info.trackinfo;
    expect(event).toMatchObject({ ActType: 'D', substatus_num: 1 });
  });
});
