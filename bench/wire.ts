// Upstream replies in the documented wire form (upstream.md §2.6, §4.3, §4.6, §6), encoded once: only the number and the
// id change from one reply to the next. Every tracking is of the carrier `cdek` and has five events.

/** A number of the bench: always 13 characters, one per serial. */
export const numberOf = (serial: number) => `BN${String(serial).padStart(11, '0')}`;

export const CARRIER = 'cdek';
export const PAGE_SIZE = 100;
/** As large as GraphQL's Int allows pages to be asked for, so that no page has to come twice. */
const TOTAL = 900_000_000;

const php = (value: unknown) =>
  JSON.stringify(value)
    .replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\//g, '\\/');

const places = ['Moscow 101000', 'Tver 170100', 'Санкт-Петербург', '广州', 'Kazan / hub 3', '', 'Omsk', 'Perm', 'Tula', 'Orel'];
const titles = ['Книги', '', "Men\\'s jacket", '手机壳', 'Phone case', 'Spare parts / bicycle', 'Lamp', 'Shoes', 'Чай', 'Cup'];

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

/** A tracking cut at its id and its number; `single` has the destination country, list items have not. */
function template(variant: number, single: boolean): readonly string[] {
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
    destination_info: leg,
    lastEvent: 'Delivered to the addressee,2026-02-22 18:39:14',
    lastUpdateTime: '2026-02-22 18:39:14',
  };
  return php(item).split('"@"');
}

const variants = Array.from({ length: 10 }, (_, index) => index);
const singles = variants.map((variant) => template(variant, true));
const listed = variants.map((variant) => template(variant, false));

function tracking(templates: readonly (readonly string[])[], number: string): string {
  const [head = '', middle = '', tail = ''] = templates[number.charCodeAt(number.length - 1) % 10] ?? [];
  return `${head}"${number.slice(2).padStart(32, '0')}"${middle}"${number}"${tail}`;
}

const SUCCESS = '{"meta":{"code":200,"type":"Success","message":"Success"},"data":';

/** Reply of a single read. */
export const singleReply = (number: string) => `${SUCCESS}[${tracking(singles, number)}]}`;

function listReply(numbers: readonly string[], page: number, limit: number, total: number): string {
  let items = '';
  for (const number of numbers) items += (items === '' ? '' : ',') + tracking(listed, number);
  const { length } = numbers;
  return `${SUCCESS}{"page":${page},"limit":${limit},"total":"${total}","count":${length},"items":[${items}]}}`;
}

/** Reply of a list call with `numbers`: all of them are there. */
export const numbersReply = (numbers: readonly string[], limit: number) => listReply(numbers, 1, limit, numbers.length);

/** Reply of a list call for a page (from 1). */
export function pageReply(page: number, limit: number): string {
  const first = (page - 1) * limit;
  return listReply(
    Array.from({ length: limit }, (_, index) => numberOf(first + index)),
    page,
    limit,
    TOTAL,
  );
}

/** The numbers on a page of `PAGE_SIZE`, for those who check answers. */
export const pageNumbers = (page: number) =>
  Array.from({ length: PAGE_SIZE }, (_, index) => numberOf((page - 1) * PAGE_SIZE + index));
