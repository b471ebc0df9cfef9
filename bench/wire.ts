// Upstream replies in the documented wire form (upstream.md §2.6, §4.3, §4.6, §6), encoded once: only the number and the
// id change from one reply to the next. Every tracking is of the carrier `cdek` and has five events, but for the rich ones of a typical page: two legs and twelve.

/** A number of the bench: always 13 characters, one per serial. */
export const numberOf = (serial: number) => `BN${String(serial).padStart(DIGITS, '0')}`;
const DIGITS = 11;

export const CARRIER = 'cdek';
export const PAGE_SIZE = 100;
/** As large as GraphQL's Int allows pages to be asked for, so that no page has to come twice. */
const TOTAL = 900_000_000;

const php = (value: unknown) =>
  JSON.stringify(value)
    .replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\//g, '\\/');

const places = [
  'Moscow 101000',
  'Tver 170100',
  'Санкт-Петербург',
  '广州',
  'Kazan / hub 3',
  '',
  'Omsk',
  'Perm',
  'Tula',
  'Orel',
];
const titles = [
  'Книги',
  '',
  "Men\\'s jacket",
  '手机壳',
  'Phone case',
  'Spare parts / bicycle',
  'Lamp',
  'Shoes',
  'Чай',
  'Cup',
];

function event(variant: number, step: number): object {
  const [text, status, substatus] = (
    [
      ['Accepted', 'transit', 'transit001'],
      ['Left the sorting centre', 'transit', 'transit001'],
      ['The item has arrived in the country of destination', 'transit', 'transit004'],
      ['Out for delivery', 'pickup', 'pickup001'],
      ['Delivered to the addressee', 'delivered', 'delivered001'],
    ] as const
  )[step] ?? ['', '', ''];
  return {
    Date: `2026-02-${String(10 + 3 * step).padStart(2, '0')} 0${variant}:4${step}:12`,
    StatusDescription: text,
    Details: places[(variant + step) % places.length] ?? '',
    checkpoint_status: status,
    substatus,
    ...(step === 0 ? { ItemNode: 'ItemReceived' } : {}),
  };
}

const leg = {
  ItemReceived: null,
  ItemDispatched: null,
  DepartfromAirport: null,
  ArrivalfromAbroad: null,
  CustomsClearance: null,
  DestinationArrived: null,
  weblink: null,
  phone: null,
  carrier_code: null,
  trackinfo: null,
};

/** A tracking cut at its id and its number; `single` has the destination country, list items have not; `rich` has two legs. */
function template(variant: number, single: boolean, rich = false): readonly string[] {
  const title = titles[variant] ?? '';
  const item = {
    id: '@',
    tracking_number: '@',
    carrier_code: CARRIER,
    status: 'delivered',
    created_at: '2026-02-10T07:30:00+00:00',
    updated_at: '2026-02-23T12:00:05+00:00',
    order_create_time: '2026-02-09 21:05',
    customer_email: 'anna@example.test',
    title,
    order_id: `#${1200 + variant}`,
    comment: null,
    customer_name: 'Anna Example',
    archived: false,
    original_country: 'Russia',
    ...(single ? { destination_country: 'Russia' } : {}),
    itemTimeLength: 13,
    stayTimeLength: variant,
    service_code: null,
    status_info: null,
    origin_info: {
      ReferenceNumber: null,
      ...leg,
      ItemReceived: `2026-02-10 0${variant}:40:12`,
      weblink: 'https://cdek-express.com/',
      phone: '8 800 250-14-05',
      carrier_code: CARRIER,
      trackinfo: [4, 3, 2, 1, 0].map((step) => event(variant, step)),
    },
    destination_info: rich
      ? {
          ...leg,
          weblink: 'https://www.pochta.ru/',
          phone: '8 800 100-00-00',
          carrier_code: 'russian-post',
          trackinfo: [4, 3, 3, 2, 2, 1, 0].map((step) => event((variant + 1) % 10, step)),
        }
      : leg,
    lastEvent: 'Delivered to the addressee,2026-02-22 18:39:14',
    lastUpdateTime: '2026-02-22 18:39:14',
  };
  return php(item).split('"@"');
}

const variants = Array.from({ length: 10 }, (_, index) => index);
const singles = variants.map((variant) => template(variant, true));
const riches = variants.map((variant) => template(variant, true, true));
const listed = variants.map((variant) => template(variant, false));

function tracking(templates: readonly (readonly string[])[], number: string): string {
  const [head = '', middle = '', tail = ''] = templates[number.charCodeAt(number.length - 1) % 10] ?? [];
  return `${head}"${number.slice(2).padStart(32, '0')}"${middle}"${number}"${tail}`;
}

const SUCCESS = '{"meta":{"code":200,"type":"Success","message":"Success"},"data":';

/** Numbers from here on are of rich trackings. */
export const RICH = 88_000_000_000;
const FIRST_RICH = numberOf(RICH);

/** Reply of a single read. */
export const singleReply = (number: string) =>
  `${SUCCESS}[${tracking(number >= FIRST_RICH ? riches : singles, number)}]}`;

const listHead = (page: number, limit: number, total: number, count: number) =>
  `${SUCCESS}{"page":${page},"limit":${limit},"total":"${total}","count":${count},"items":[`;
const LIST_TAIL = ']}}';

const itemsOf = (numbers: readonly string[]) => numbers.map((number) => tracking(listed, number)).join(',');

/** Reply of a list call with `numbers`: all of them are there. */
export const numbersReply = (numbers: readonly string[], limit: number) =>
  listHead(1, limit, numbers.length, numbers.length) + itemsOf(numbers) + LIST_TAIL;

/** The items of a page of `PAGE_SIZE`, encoded, and where in it the digits of the serials are, two for each item. */
const page = (() => {
  const blank = Array.from({ length: PAGE_SIZE }, (_, index) => numberOf(index));
  const bytes = Buffer.from(itemsOf(blank), 'latin1');
  const digits: number[] = [];
  let from = 0;
  for (const number of blank) {
    const id = bytes.indexOf(number.slice(2).padStart(32, '0'), from);
    from = bytes.indexOf(number, id);
    digits.push(id + 32 - DIGITS, from + 2);
  }
  return { bytes, digits };
})();

/** Reply of a list call for a page (from 1) of `PAGE_SIZE`: a copy in which only the serials are written anew. */
function wholePage(number: number): Buffer {
  const head = listHead(number, PAGE_SIZE, TOTAL, PAGE_SIZE);
  const size = head.length + page.bytes.length;
  const reply = Buffer.allocUnsafe(size + LIST_TAIL.length);
  reply.write(head, 0, 'latin1');
  page.bytes.copy(reply, head.length);
  reply.write(LIST_TAIL, size, 'latin1');
  // The last two digits of a serial are its place on the page, and are there already.
  const leading = Buffer.from(String(number - 1).padStart(DIGITS - 2, '0'), 'latin1');
  for (const at of page.digits) reply.set(leading, head.length + at);
  return reply;
}

/** Reply of a list call for a page (from 1). */
export function pageReply(number: number, limit: number): Buffer | string {
  if (limit === PAGE_SIZE) return wholePage(number);
  const numbers = Array.from({ length: limit }, (_, index) => numberOf((number - 1) * limit + index));
  return listHead(number, limit, TOTAL, limit) + itemsOf(numbers) + LIST_TAIL;
}

/** The numbers on a page, for those who check answers. */
export const pageNumbers = (number: number, size = PAGE_SIZE) =>
  Array.from({ length: size }, (_, index) => numberOf((number - 1) * size + index));
