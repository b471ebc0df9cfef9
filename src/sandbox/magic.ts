// The magic numbers (upstream.md §13.7): what to write to see a certain status, quirk or failure. Data only.
// Most rows match a word and any three digits, so that as many parcels of a kind as wanted can be had.
import { sampleRows } from './magic-samples.ts';
import type { SandboxFault } from './faults.ts';
import type { EventRow, LegRow } from './scripts.ts';

/** A row: which numbers it is for (upper case), what it shows, and its script or the fault of its reads. */
export interface MagicRow {
  /** The number to write. */
  readonly name: string;
  readonly match: RegExp;
  /** Only for this carrier; default any. */
  readonly carrier?: string;
  readonly shows: string;
  readonly from?: string;
  /** Creation time the wall-clock texts of the row belong to. */
  readonly anchor?: string;
  readonly queued?: boolean;
  readonly origin?: LegRow;
  readonly destination?: LegRow;
  /** Befalls a single read of the number, and a list of this number alone. */
  readonly fault?: SandboxFault;
}

type Rest = Omit<MagicRow, 'name' | 'match' | 'shows'>;
const word = (name: string, shows: string, rest: Rest): MagicRow => ({
  name: `${name}001`,
  match: new RegExp(`^${name}\\d{3}$`),
  shows,
  ...rest,
});
const life = (...events: EventRow[]): Rest => ({ from: 'Russia', origin: { events } });
const failing = (fault: SandboxFault): Rest => ({ fault });

const accepted: EventRow = [-96, 'Accepted', 'Moscow', 'transit001'];
const underWay: EventRow = [-60, 'Left the sorting centre', 'Moscow', 'transit001'];
const out: EventRow = [-9, 'Out for delivery', 'Tver 170100', 'pickup001'];

const statusRows: readonly MagicRow[] = [
  word('PENDING', '`pending` for ever: the carrier is never asked (realtime asks)', { queued: true }),
  word('NOTFOUND', '`notfound`: no event ever', {}),
  word(
    'INFORECEIVED',
    '`InfoReceived`: announced, not handed over',
    life([-20, 'Shipping label created', 'Moscow', 'notfound001', 'InfoReceived']),
  ),
  word('TRANSIT', '`transit`: under way', life(underWay, accepted)),
  word(
    'PICKUP',
    '`pickup`: ready for collection',
    life([-8, 'Ready for collection', 'Tver 170100', 'pickup002'], underWay, accepted),
  ),
  word(
    'DELIVERED',
    '`delivered`',
    life([-2, 'Delivered to the addressee', 'Tver 170100', 'delivered001'], out, underWay, accepted),
  ),
  word(
    'UNDELIVERED',
    '`undelivered`: the attempt failed',
    life(
      [-3, 'Delivery attempt failed: incorrect address', 'Tver 170100', 'exception009', 'undelivered'],
      out,
      underWay,
      accepted,
    ),
  ),
  word(
    'EXCEPTION',
    '`exception`: held by customs',
    life([-30, 'Held by customs: documents required', 'Moscow', 'exception006'], underWay, accepted),
  ),
  word(
    'EXPIRED',
    '`expired`: under way for 100 days',
    life([-2300, 'Left the sorting centre', 'Moscow', 'transit001'], [-2400, 'Accepted', 'Moscow', 'transit001']),
  ),
  word(
    'ONHOLD',
    '`OnHold`: a word nobody documents',
    life([-5, 'On hold at the request of the sender', 'Moscow', 'transit003', 'OnHold'], accepted),
  ),
];

const quirkRows: readonly MagicRow[] = [
  word(
    'MINUTES',
    'a whole life in minutes after creation: realtime shows the next step',
    life(
      [4 / 60, 'Delivered to the addressee', 'Tver 170100', 'delivered001'],
      [3 / 60, 'Out for delivery', 'Tver 170100', 'pickup001'],
      [2 / 60, 'Left the sorting centre', 'Moscow', 'transit001'],
      [1 / 60, 'Accepted', 'Moscow', 'transit001'],
    ),
  ),
  word(
    'TWOLEGS',
    'two legs; the second has the newer event, dated in +03:00 and so later than `updated_at` (W7, Q16, Q32)',
    {
      from: 'China',
      origin: {
        short: true,
        events: [
          [-300, 'The item has been processed in the country of destination', '', 'transit004'],
          [-500, 'Dispatch to country of destination', 'China', 'transit004'],
          [-620, 'The item has been accepted', 'Guangzhou', 'transit001'],
        ],
      },
      destination: {
        carrier: 'russian-post',
        zone: '+03:00',
        events: [
          [-0.5, ' Arrived at delivery office ', 'MOSCOW 101000', 'pickup002'],
          [-120, ' Released by customs', 'Russia', 'transit005'],
          [-620, ' Posting of item', 'China', 'transit001'],
        ],
      },
    },
  ),
  word('SHORTDATES', 'dates without seconds, the last at midnight only (Q15)', {
    anchor: '2026-03-02T10:00:00+00:00',
    from: 'China',
    origin: {
      events: [
        ['2026-03-01 00:00', 'In transit to next facility', '', 'transit001'],
        ['2026-02-27 17:07', 'Accepted', 'Yiwu', 'transit001'],
      ],
    },
  }),
  word(
    'APOSTROPHE',
    'apostrophes, slashes and quotes in the texts',
    life([-5, 'The addressee wasn\'t at home / "neighbour\'s door"', "King's Cross", 'pickup003'], accepted),
  ),
  word(
    'UNICODE',
    'Russian, Chinese and a character beyond 16 bits in the texts',
    life(
      [-5, 'Прибыло в место вручения', 'Тверь 170100', 'pickup002'],
      [-40, '快件已到达 📦', '深圳', 'transit002'],
      [-90, 'Принято в отделении связи', 'Москва', 'transit001'],
    ),
  ),
  word(
    'SUBSTATUS',
    'an event with `pickup` and `notfound001` (Q18)',
    life([-5, 'Parcel is ready', 'LEIDEN,NL', 'notfound001', 'pickup'], accepted),
  ),
  word(
    'COMMAS',
    'commas in place and text (Q34)',
    life(
      [-1, 'DELIVERED, SIGNED FOR', 'LEIDEN,NL', 'delivered003'],
      [-8, 'Out for delivery', 'LEIDEN,NL', 'pickup001'],
      [-11, 'Planned', 'LEIDEN,NL', 'notfound001', 'pickup'],
      accepted,
    ),
  ),
  word(
    'SAMETIME',
    'two events with the same date (Q35)',
    life(
      [-40, 'The item is at the sorting centre', 'Moscow', 'transit002'],
      [-40, 'The item has been processed at the sorting centre', 'Moscow', 'transit001'],
      accepted,
    ),
  ),
  word('ACTTYPE', 'the raw members `ActType` and `substatus_num` of UPS', {
    from: 'United States',
    origin: {
      events: [
        [-2, 'DELIVERED', 'AUSTIN TX', 'delivered001', undefined, 'D'],
        [-30, 'Departed from Facility', 'CHICAGO IL', 'transit001', undefined, 'I'],
        [-50, 'Origin Scan', 'CHICAGO IL', 'transit001', undefined, 'P'],
        [-60, 'Shipper created a label', 'US', 'notfound001', 'InfoReceived', 'M'],
      ],
    },
  }),
  word('SLOWREAD', 'its read takes 5 s', failing({ kind: 'latency', ms: 5000 })),
  word('TIMEOUT', 'its read takes 70 s', failing({ kind: 'latency', ms: 70_000 })),
  word('MAINTENANCE', 'its read answers 503 in an envelope', failing({ kind: 'envelope', code: 503 })),
  word('HTMLERROR', 'its read answers an HTML page under HTTP 502', failing({ kind: 'html', status: 502 })),
  word('CUTSHORT', 'its read answers half a JSON', failing({ kind: 'cut' })),
  word('HANGUP', 'its read is cut off: the connection closes', failing({ kind: 'close' })),
  word('NOBALANCE', 'its read answers 4021', failing({ kind: 'envelope', code: 4021 })),
];

/** The magic numbers, in the order of the documentation. */
export const magicRows: readonly MagicRow[] = [...statusRows, ...quirkRows, ...sampleRows];
