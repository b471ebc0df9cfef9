// Where the examples ask, what they ask for, and the one line of JSON they end with.

export const url = process.env.GRAPHQL_URL ?? 'http://127.0.0.1:4000/graphql';

/** A parcel that the sandbox has. */
export const known = { carrierCode: 'cdek', trackingNumber: '1255186421' };

/** A number that is new to the account: another one for each run. */
export const fresh = {
  carrierCode: 'cdek',
  trackingNumber: process.env.TRACKING_NUMBER ?? `EX${Date.now()}`,
  title: 'Shoes',
};

export interface Report {
  /** Status of the known parcel. */
  readonly read: string | undefined;
  /** The numbers on the first and on the second page. */
  readonly pages: readonly (readonly string[])[];
  readonly created: string | undefined;
  /** What creating the same number again gives: the type of the result, and the title of what is there. */
  readonly failure: readonly [type: string, title: string | null | undefined];
  /** The new parcel's title as it was read before and is shown after the update. */
  readonly titles: readonly (string | null | undefined)[];
  /** Was the second title shown without asking the server again? */
  readonly fromCache: boolean;
}

export const report = (told: Report) => console.log(JSON.stringify(told));
