// The parcels of the account `demo`: about 300 of a small shop, in every status, counted back from the start of the clock.
// Their lives follow from their numbers like any other's (scripts.ts); the plan only picks numbers that live the wanted story.
import { hash, magicFor, storyFor } from './scripts.ts';
import { stamp } from './shape.ts';
import type { Draft, Values } from './store.ts';

/** A parcel to register; `created` in sandbox milliseconds. */
export interface SeedParcel extends Draft {
  readonly created: number;
  readonly archived: boolean;
}

// Story, how many, age from and to in hours, carriers. A story shows different statuses at different ages.
const plan: readonly (readonly [string, number, number, number, readonly string[]])[] = [
  ['quick', 84, 120, 2600, ['cdek', 'boxberry', 'dhl', 'russian-post', 'sto', 'ups']], // delivered
  ['quick', 28, 0.1, 40, ['cdek', 'boxberry', 'sto', 'ups']], // transit
  ['quick', 10, 94, 96, ['cdek', 'boxberry']], // out for delivery or just delivered
  ['international', 48, 12, 270, ['china-post', 'china-ems', 'yanwen', '4px', 'postnl']], // transit, first or both legs
  ['international', 16, 565, 590, ['china-post', 'yanwen', 'usps']], // waiting at the post office abroad, or delivered
  ['international', 26, 700, 3000, ['china-post', 'china-ems', 'postnl', 'yanwen', 'usps']], // delivered, two legs
  ['collection', 14, 120, 500, ['russian-post', 'cdek', 'boxberry']], // pickup
  ['undelivered', 10, 90, 500, ['dhl', 'cdek', 'usps', 'sto']],
  ['returned', 12, 170, 600, ['russian-post', 'cdek', 'dhl']], // exception
  ['customs', 10, 350, 700, ['china-ems', 'china-post', 'usps', 'yanwen']], // exception
  ['customs', 6, 1700, 4200, ['china-ems', 'china-post', 'yanwen']], // expired
  ['never', 12, 1, 600, ['4px', 'yanwen', 'sto', 'russian-post']], // notfound
  ['never', 8, 1600, 3500, ['yanwen', 'china-post', '4px']], // expired
  ['announced', 10, 2, 400, ['dhl', 'ups', 'cdek', 'postnl']], // InfoReceived
  ['hold', 8, 60, 500, ['dhl', 'boxberry', 'russian-post']], // OnHold
];

const titles: readonly string[] = [
  'Зимние сапоги',
  'Книги',
  'Чехол для телефона',
  'Настольная лампа',
  'Детский конструктор',
  'Кофемолка',
  'Платье, размер 44',
  'Беспроводные наушники',
  'Запчасти для велосипеда',
  'Чайный сервиз',
  '手机壳',
  '蓝牙耳机',
  '茶叶礼盒',
  '运动鞋 42码',
  '儿童玩具',
  'Phone case',
  'Running shoes, size 42',
  "Men's jacket",
  'Board game "Carcassonne"',
  'USB-C cable 2 m',
  'Watercolour set',
  "Anna's birthday gift",
  'Spare parts / bicycle',
  'Vinyl record',
];
const people: readonly (readonly [string, string, string])[] = [
  ['Анна Примерова', 'anna', '+7000000'],
  ['Иван Образцов', 'ivan', '+7000001'],
  ['Мария Тестова', 'maria', '+7000002'],
  ['李娜', 'lina', '+8600000'],
  ['王伟', 'wangwei', '+8600001'],
  ['John Example', 'john', '+1555000'],
  ['Emma Sample', 'emma', '+1555001'],
  ["Patrick O'Example", 'patrick', '+3530000'],
];
const comments: readonly string[] = ['подарок', 'хрупкое', 'gift', 'позвонить заранее', 'fragile', '易碎'];

/** The number of a Universal Postal Union label with its check digit. */
function postal(prefix: string, serial: number, country: string): string {
  const digits = String(serial % 100_000_000).padStart(8, '0');
  const sum = [8, 6, 4, 2, 3, 5, 9, 7].reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  const rest = 11 - (sum % 11);
  return `${prefix}${digits}${rest === 10 ? 0 : rest === 11 ? 5 : rest}${country}`;
}

const digits = (length: number, serial: number): string => String(serial).padStart(10, '0').repeat(3).slice(-length);

const numberForms: Readonly<Record<string, (serial: number) => string>> = {
  'russian-post': (n) => postal('RA', n, 'RU'),
  cdek: (n) => '1' + digits(9, n),
  'china-post': (n) => postal('LX', n, 'CN'),
  'china-ems': (n) => postal('EX', n, 'CN'),
  usps: (n) => postal('LZ', n, 'US'),
  dhl: (n) => digits(10, n),
  '4px': (n) => `4PX${digits(13, n)}CN`,
  sto: (n) => '4029' + digits(8, n),
  ups: (n) => `1Z999AA1${digits(10, n)}`,
  postnl: (n) => postal('RS', n, 'NL'),
  boxberry: (n) => 'BXB' + digits(9, n),
  yanwen: (n) => postal('UY', n, 'YP'),
};

// Tries serials until one lives the story: about twenty tries for the rare ones, the same on every run.
function numberFor(carrier: string, story: string, row: number, taken: ReadonlySet<string>): string {
  for (let attempt = 0; ; attempt++) {
    const number = numberForms[carrier]?.(hash(`${carrier}-${story}-${row}-${attempt}`)) ?? '';
    if (!taken.has(number) && !magicFor(carrier, number) && storyFor(carrier, number).name === story) return number;
  }
}

function valuesFor(row: number, seed: number, abroad: boolean, created: number): Values {
  const [name, mail, phone] = people[seed % people.length] ?? ['', '', ''];
  const ordered = stamp(created - ((seed % 40) + 2) * 3_600_000, 0).slice(0, 16);
  const slashed = ordered.replace(/-0?/g, '/').replace('T', ' ');
  return {
    ...(row % 11 !== 0 && { title: titles[(seed >>> 3) % titles.length] ?? '' }),
    ...(row % 5 !== 0 && { customer_name: name, customer_email: `${mail}@example.test` }),
    ...(row % 3 === 0 && { customer_phone: phone + String(seed % 1000).padStart(4, '0') }),
    ...(row % 7 !== 0 && { order_id: `#${1000 + row}` }),
    ...(row % 9 === 0 && { comment: comments[(seed >>> 5) % comments.length] ?? '' }),
    ...(row % 4 !== 0 && { order_create_time: row % 8 === 1 ? slashed : ordered.replace('T', ' ') }),
    ...(abroad && { logistics_channel: '4PX挂号小包' }),
    ...(row % 6 !== 0 && { destination_code: abroad || row % 2 === 0 ? 'RU' : 'ru' }),
  };
}

const HOUR = 3_600_000;

// Parcels with fixed numbers: those of the documentation, and those a carrier is never asked about.
function fixedParcels(start: number): SeedParcel[] {
  const fixed = (carrier: string, number: string, age: number, values: Values): SeedParcel => ({
    carrier,
    number,
    created: start - age,
    archived: false,
    lang: null,
    values,
  });
  const waiting = [1, 18, 45, 90, 150, 240].map((minutes, i) => {
    const number = `12345678${90 + i}`;
    return fixed('cdek', number, minutes * 60_000, valuesFor(90 + i, hash(number), false, start - minutes * 60_000));
  });
  return [
    fixed('sto', '402934299065', 2 * HOUR, { destination_code: 'CN', customer_email: 'anna@example.test' }),
    fixed('china-post', 'LX123456785CN', 360 * HOUR, { title: 'Чехол', order_id: '#122', destination_code: 'RU' }),
    fixed('russian-post', 'RA345678909RU', 240 * HOUR, {
      title: 'Книги',
      order_id: '#120',
      customer_name: 'Anna Example',
    }),
    ...waiting,
  ];
}

/** The parcels of `demo`, oldest first; `start` is the start of the sandbox clock in ms. Same start, same parcels. */
export function seedParcels(start: number): readonly SeedParcel[] {
  const parcels = fixedParcels(start);
  const taken = new Set<string>(parcels.map((p) => p.number));
  let row = 0;
  for (const [story, count, from, to, codes] of plan) {
    for (let i = 0; i < count; i++) {
      row += 1;
      const carrier = codes[i % codes.length] ?? 'cdek';
      const number = numberFor(carrier, story, row, taken);
      taken.add(number);
      const seed = hash(`${number}-values`);
      // Squeezed towards the young end, as a shop's list is: few parcels are very old.
      const age = (from + (to - from) * ((i + (seed % 100) / 100) / count) ** 2) * HOUR;
      const created = Math.round((start - age) / 1000) * 1000;
      const abroad = story === 'international' || story === 'customs';
      const archived = age > 60 * 24 * HOUR && seed % 3 > 0;
      const lang = seed % 3 === 0 ? 'ru' : null;
      parcels.push({ carrier, number, created, archived, lang, values: valuesFor(row, seed, abroad, created) });
    }
  }
  return parcels.sort((a, b) => a.created - b.created);
}
