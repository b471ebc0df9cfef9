// The lives of ordinary numbers, as data: stories with weights, towns for their placeholders, event texts in Russian.
// Which number lives which story is decided in scripts.ts.
import type { LegRow } from './scripts.ts';

/** A life. The weights are shares of 100 of the numbers of an express carrier and of a post. */
export interface Story {
  readonly name: string;
  readonly express: number;
  readonly post: number;
  readonly origin: LegRow;
  readonly destination?: LegRow;
}

const accepted = 'Accepted';
const left = 'Left the sorting centre';
const arrived = 'Arrived at the sorting centre';

/** Towns by country code. */
export const places: Readonly<Record<string, readonly string[]>> = {
  RU: ['Moscow', 'Kazan', 'Tver', 'Yekaterinburg', 'Novosibirsk', 'Saint Petersburg', 'Rostov-on-Don', 'Vladivostok'],
  CN: ['Shenzhen', 'Guangzhou', 'Yiwu', 'Shanghai', 'Hangzhou', 'Zhengzhou'],
  US: ['DES MOINES IA', 'SAN FRANCISCO CA', 'JAMAICA NY', 'CHICAGO IL', 'AUSTIN TX'],
  DE: ['Leipzig', 'Köln', 'Hamburg', 'München'],
  NL: ['Amsterdam', 'LEIDEN,NL', 'Utrecht', 'Rotterdam'],
};

/** UTC offsets in which second legs print their dates, by country code. */
export const zones: Readonly<Record<string, string>> = { RU: '+03:00', US: '-05:00' };

/** Stories; hours after creation, newest event first. The first event mostly lies before the registration. */
export const stories: readonly Story[] = [
  {
    name: 'quick',
    express: 50,
    post: 10, // delivered within four days
    origin: {
      events: [
        [88, 'Delivered to the addressee', '{b}', 'delivered001'],
        [79, 'Out for delivery', '{b}', 'pickup001'],
        [70, arrived, '{b}', 'transit002'],
        [26, left, '{a}', 'transit001'],
        [8, arrived, '{a}', 'transit002'],
        [-3, accepted, '{a}', 'transit001'],
      ],
    },
  },
  {
    name: 'international',
    express: 10,
    post: 45, // two legs, about three weeks
    origin: {
      short: true,
      events: [
        [246, 'The item has arrived in the country of destination', '{abroad}', 'transit004'],
        [120, 'Dispatch to country of destination', '{a}', 'transit007'],
        [60, 'The item is at the sorting centre', '{b}', 'transit002'],
        [20, 'The item has been processed at the sorting centre', '{a}', 'transit001'],
        [-6, 'The item has been accepted', '{a}', 'transit001'],
      ],
    },
    destination: {
      events: [
        [540, 'Delivered to the addressee', '{d}', 'delivered003'],
        [488, ' Arrived at delivery office ', '{d}', 'pickup002'],
        [470, 'Out for delivery', '{d}', 'pickup001'],
        [380, left, '{c}', 'transit001'],
        [330, ' Released by customs', '{c}', 'transit005'],
        [276, ' Received at country of destination ', '{abroad}', 'transit004'],
        [120, ' Dispatch to country of destination', '{home}', 'transit001'],
        [-6, ' Posting of item', '{home}', 'transit001'],
      ],
    },
  },
  {
    name: 'customs',
    express: 5,
    post: 10, // held by customs after twelve days
    origin: {
      events: [
        [290, 'Held by customs: documents required', '{c}', 'exception006'],
        [240, 'The item has arrived in the country of destination', '{abroad}', 'transit004'],
        [96, 'Dispatch to country of destination', '{a}', 'transit007'],
        [-5, accepted, '{a}', 'transit001'],
      ],
    },
  },
  {
    name: 'returned',
    express: 8,
    post: 8, // nobody at home, sent back
    origin: {
      events: [
        [140, 'Returned to the sender', '{a}', 'exception010'],
        [110, 'The item is being returned', '{b}', 'exception011'],
        [60, "Delivery attempt failed: the addressee wasn't at home", '{b}', 'exception009', 'undelivered'],
        [54, 'Out for delivery', '{b}', 'pickup001'],
        [16, left, '{a}', 'transit001'],
        [-4, accepted, '{a}', 'transit001'],
      ],
    },
  },
  {
    name: 'undelivered',
    express: 8,
    post: 6, // the attempt failed, nothing since
    origin: {
      events: [
        [74, 'Delivery attempt failed: incorrect address', '{b}', 'exception009', 'undelivered'],
        [66, 'Out for delivery', '{b}', 'pickup001'],
        [18, left, '{a}', 'transit001'],
        [-2, accepted, '{a}', 'transit001'],
      ],
    },
  },
  {
    name: 'collection',
    express: 7,
    post: 8, // waits to be collected
    origin: {
      events: [
        [98, 'Ready for collection', '{b}', 'pickup002'],
        [90, arrived, '{b}', 'transit003'],
        [30, left, '{a}', 'transit001'],
        [-8, accepted, '{a}', 'transit001'],
      ],
    },
  },
  {
    name: 'announced',
    express: 4,
    post: 4, // a label, never handed over
    origin: { events: [[-1, 'Shipping label created', '{a}', 'notfound001', 'InfoReceived']] },
  },
  {
    name: 'hold',
    express: 3,
    post: 3, // a word nobody documents
    origin: {
      events: [
        [44, 'On hold at the request of the sender', '{b}', 'transit003', 'OnHold'],
        [15, left, '{a}', 'transit001'],
        [-2, accepted, '{a}', 'transit001'],
      ],
    },
  },
  { name: 'never', express: 5, post: 6, origin: { events: [] } }, // the carrier knows nothing
];

/** Event texts in Russian, for trackings created or read with `lang` = `ru`; a text not listed stays as it is. */
export const russianTexts: Readonly<Record<string, string>> = {
  [accepted]: 'Принято в отделении связи',
  [left]: 'Покинуло сортировочный центр',
  [arrived]: 'Прибыло в сортировочный центр',
  'Out for delivery': 'Передано курьеру',
  'Ready for collection': 'Ожидает адресата в месте вручения',
  'Delivered to the addressee': 'Вручение адресату',
  'Returned to the sender': 'Возвращено отправителю',
  'The item has been accepted': 'Принято в отделении связи',
  'The item has arrived in the country of destination': 'Прибыло на территорию страны назначения',
  'Dispatch to country of destination': 'Экспорт международной почты',
  ' Released by customs': ' Выпущено таможней',
  'Held by customs: documents required': 'Задержано таможней: нужны документы',
};
