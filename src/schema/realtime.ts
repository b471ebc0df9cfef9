// `realtime`: ask the carrier now.

import { parseKey } from '../domain/key.ts';
import { checkLanguage, keyArgs, type Builder, ONE_CALL } from './builder.ts';

export function addRealtime(builder: Builder): void {
  builder.queryField('realtime', (t) =>
    t.field({
      type: 'Tracking',
      cost: 2 * ONE_CALL,
      description:
        'Asks the carrier now instead of reading what the upstream knows: slow (up to a minute), limited to a few calls a second for the whole account, and it registers a number that the account does not have, which spends quota. null: the carrier has nothing yet; the number is registered all the same, so read it later with `tracking`.',
      args: {
        ...keyArgs(t),
        destinationCountryCode: t.arg({ type: 'CountryCode', description: 'Some carriers need it.' }),
        shipDate: t.arg({ type: 'Date', description: 'Day of posting; some carriers need it.' }),
        postalCode: t.arg.string({ description: 'Of the addressee; some carriers need it.' }),
        accountNumber: t.arg.string({ description: 'Of the sender with the carrier; some carriers need it.' }),
        specialDestination: t.arg.string({
          description: 'Destination in the carrier’s own words; few carriers need it.',
        }),
        orderId: t.arg.string({ description: 'Your order; stored when the number is new.' }),
        orderCreatedAt: t.arg({
          type: 'LocalDateTime',
          description: 'When your order was placed; sent to the minute.',
        }),
        language: t.arg.string({
          description: 'Two letters: language of the event texts; fixed at registration for most carriers.',
        }),
      },
      resolve(_root, { carrierCode, trackingNumber, ...question }, { upstream, caller, loaders }) {
        const key = parseKey(carrierCode, trackingNumber);
        loaders.written(key);
        return upstream.realtime(key, { ...question, language: checkLanguage(question.language, 'language') }, caller);
      },
    }),
  );
}
