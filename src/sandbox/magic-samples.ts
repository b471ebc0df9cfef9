// The parcels of the sample replies (upstream.md §16) as magic numbers: created at the anchor and looked up at the sample's time,
// each gives the bytes of its sample. Data only.
import type { MagicRow } from './magic.ts';

type Rest = Omit<MagicRow, 'name' | 'match' | 'shows'>;
const exact = (name: string, carrier: string, shows: string, rest: Rest): MagicRow => ({
  name,
  match: new RegExp(`^${name}$`),
  carrier,
  shows,
  ...rest,
});

/** A row for each parcel of the samples that has events, or waits for ever. */
export const sampleRows: readonly MagicRow[] = [
  {
    name: '1234567890',
    match: /^12345678\d\d$/,
    carrier: 'cdek',
    shows: '`pending` for ever, a parcel of list-two.json',
    queued: true,
  },
  exact('402934299065', 'sto', 'the parcel of single-object.json', {
    anchor: '2026-03-02T16:04:05+08:00',
    origin: { events: [['2026-02-28 15:59', 'Pre-advice received.', '', 'transit001']] },
  }),
  exact('RA345678909RU', 'russian-post', 'the delivered parcel of list-two.json', {
    anchor: '2026-02-20T07:30:00+00:00',
    from: 'Russia',
    origin: {
      events: [
        ['2026-02-26 18:39:14', 'Delivered to the addressee', 'Tver 170100', 'delivered001'],
        ['2026-02-26 08:42:02', 'Out for delivery', 'Tver 170100', 'pickup001'],
        ['2026-02-24 05:12:32', 'Left the sorting centre', 'Moscow', 'transit001'],
        ['2026-02-22 18:42:58', 'Accepted', 'Moscow 101000', 'transit001'],
      ],
    },
  }),
  exact('LX123456785CN', 'china-post', 'the two legs of single-array.json', {
    anchor: '2026-02-16T08:00:00+00:00',
    from: 'China',
    origin: {
      events: [
        ['2026-02-24 10:17', 'The item has arrived in the country of destination', '', 'transit004'],
        ['2026-02-19 20:35', 'The item is on its way to the country of destination', '', 'transit001'],
        ['2026-02-16 13:49', 'The item is at the sorting centre', '', 'transit001'],
        ['2026-02-16 13:49', 'The item has been processed at the sorting centre', '', 'transit001'],
        ['2026-02-14 18:56', 'The item has been accepted', 'Guangzhou', 'transit001'],
      ],
    },
    destination: {
      carrier: 'russian-post',
      zone: '+03:00',
      events: [
        ['2026-03-03 07:11:58', ' Arrived at delivery office ', 'MOSCOW 101000', 'pickup002'],
        ['2026-03-02 14:50:00', 'Item out for delivery', '', 'pickup001'],
        ['2026-02-27 08:02:45', ' Released by customs', 'Russian Federation', 'transit005'],
        ['2026-02-25 10:17:58', ' Received at country of destination ', 'Russian Federation', 'transit004'],
        ['2026-02-20 16:15:00', ' Dispatch to country of destination', 'China', 'transit001'],
        ['2026-02-14 18:55:00', ' Posting of item', 'China', 'transit001'],
      ],
    },
  }),
  exact('EX234567895CN', 'china-ems', 'the two legs of realtime.json', {
    anchor: '2026-03-02T14:30:00+00:00',
    from: 'China',
    origin: {
      events: [
        ['2026-02-27 17:07:00', 'Arrived at the exchange office', 'United States', 'transit004'],
        ['2026-02-20 21:18:37', 'Left Zhengzhou for San Francisco', 'Zhengzhou', 'transit001'],
        ['2026-02-20 16:45:00', 'Accepted', 'Zhengzhou', 'transit001'],
      ],
    },
    destination: {
      carrier: 'usps',
      events: [
        ['2026-03-01 22:30', 'Arrived at regional facility', 'DES MOINES IA', 'transit002'],
        ['2026-03-01 00:00', 'In transit to next facility', '', 'transit001'],
        ['2026-02-27 17:07', 'Processed through facility', 'SAN FRANCISCO CA', 'transit004'],
        ['2026-02-20 16:45', 'Acceptance', 'CHINA', 'transit001'],
      ],
    },
  }),
  exact('1098765432', 'cdek', 'the delivered parcel of webhook-v2.json', {
    anchor: '2023-11-09T08:00:00+00:00',
    from: 'Russia',
    origin: {
      events: [
        ['2023-11-14 20:41:10', 'Delivered to the addressee', 'Kazan', 'delivered001'],
        ['2023-11-14 09:12:00', 'Out for delivery', 'Kazan', 'pickup001'],
        ['2023-11-11 03:05:00', 'Departed from the sorting centre', 'Moscow', 'transit001'],
        ['2023-11-10 12:30:00', 'Accepted', 'Moscow', 'transit001'],
      ],
    },
  }),
];
