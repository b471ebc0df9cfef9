// What the servers are asked, in the words each of them takes, and what makes an answer right. Pure: the load process
// turns it into requests, run.ts into rows.

import { encodeCursor } from '../src/domain/page.ts';
import { CARRIER, numberOf, PAGE_SIZE, pageNumbers, RICH } from './wire.ts';

/**
 * `facade`: this project's schema. `peer`: the same fields, pages by number. `raw`: a schema made from an OpenAPI file,
 * renamed by aliases; `lifted`: as `peer`, but the customer's members stand in the tracking. All ask for the same things.
 */
export type Dialect = 'facade' | 'peer' | 'lifted' | 'raw';

export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** The same for all requests, unless the scenario mixes. */
  readonly document: (dialect: Dialect, serial: number) => string;
  /** The document of a request whose values are written into it; `document` and `variables` are not used then. */
  readonly written?: (dialect: Dialect, serial: number) => string;
  /** JSON of the variables; `serial` is another one for each request. */
  readonly variables: (dialect: Dialect, serial: number) => string;
  /** The numbers that the answer must hold, in this order. */
  readonly expected: (serial: number) => readonly string[];
}

export const ALIASES = 50;
// Away from where scenarios with running serials come.
const HOT = 77_000_000_000;
const HOT_PAGE = 8_999_999;

const FIELDS = `trackingNumber carrierCode statusText title orderId updatedAt idleDays
  events { occurredAt description location statusText }`;
const RAW_FIELDS = `trackingNumber: tracking_number carrierCode: carrier_code statusText: status title
  orderId: order_id updatedAt: updated_at idleDays: stayTimeLength origin_info { events: trackinfo {
  occurredAt: Date description: StatusDescription location: Details statusText: checkpoint_status } }`;

const lookUp = (dialect: Dialect, variable: string) =>
  dialect === 'raw'
    ? `tracking(carrier_code: "${CARRIER}", tracking_number: $${variable}) { data { ${RAW_FIELDS} } }`
    : `tracking(carrierCode: "${CARRIER}", trackingNumber: $${variable}) { ${FIELDS} }`;

const LEG = 'carrierCode phone website';
const RICH_FIELDS = `${FIELDS} customer { name emails } origin { ${LEG} events { occurredAt } } destination { ${LEG} events { occurredAt } }`;
const LIFTED_FIELDS = RICH_FIELDS.replace('customer { name emails }', 'customer_name customer_email')
  .replace('origin {', 'origin: origin_info {')
  .replace('destination {', 'destination: destination_info {');
const RAW_LEG = 'carrierCode: carrier_code phone website: weblink';
const RAW_RICH_FIELDS = `trackingNumber: tracking_number carrierCode: carrier_code statusText: status title
  orderId: order_id updatedAt: updated_at idleDays: stayTimeLength customer_name customer_email
  origin_info { ${RAW_LEG} events: trackinfo { occurredAt: Date description: StatusDescription location: Details statusText: checkpoint_status } }
  destination_info { ${RAW_LEG} events: trackinfo { occurredAt: Date description: StatusDescription location: Details statusText: checkpoint_status } }`;
const SHORT_PAGE = 20;
/** Trackings, and lists, of the typical page: as many as a cache holds easily. */
const WARM = 200;
const isList = (serial: number) => serial % 10 >= 8;

const richDocument = (dialect: Dialect) =>
  dialect === 'raw'
    ? `query Rich($n: String!) { tracking(carrier_code: "${CARRIER}", tracking_number: $n) { data { ${RAW_RICH_FIELDS} } } }`
    : `query Rich($n: String!) { tracking(carrierCode: "${CARRIER}", trackingNumber: $n) { ${dialect === 'lifted' ? LIFTED_FIELDS : RICH_FIELDS} } }`;

const oneDocument = (dialect: Dialect) => `query One($n: String!) { ${lookUp(dialect, 'n')} }`;

const manyDocuments = new Map<Dialect, string>();
const manyDocument = (dialect: Dialect) => {
  const made = manyDocuments.get(dialect) ?? makeManyDocument(dialect);
  manyDocuments.set(dialect, made);
  return made;
};

function makeManyDocument(dialect: Dialect): string {
  const all = Array.from({ length: ALIASES }, (_, index) => index);
  const variables = all.map((index) => `$n${index}: String!`).join(' ');
  return `query Many(${variables}) { ${all.map((index) => `t${index}: ${lookUp(dialect, `n${index}`)}`).join('\n')} }`;
}

const manyNumbers = (serial: number) =>
  Array.from({ length: ALIASES }, (_, index) => numberOf(serial * ALIASES + index));

const shortPageDocument = (dialect: Dialect) => pageDocument(dialect, SHORT_PAGE);

function pageDocument(dialect: Dialect, size = PAGE_SIZE): string {
  switch (dialect) {
    case 'facade':
      return `query Page($after: String) { trackings(first: ${size}, after: $after) { totalCount nodes { ${FIELDS} } } }`;
    case 'peer':
    case 'lifted':
      return `query Page($page: Int!) { trackings(first: ${size}, page: $page) { totalCount nodes { ${FIELDS} } } }`;
    case 'raw':
      return `query Page($page: Int!) { trackings(limit: ${size}, page: $page) { data { total nodes: items { ${RAW_FIELDS} } } } }`;
  }
}

function pageVariables(dialect: Dialect, page: number, size = PAGE_SIZE): string {
  // '[]' is how the facade's cursors name "no filter" (src/schema/trackings.ts).
  if (dialect === 'facade') return `{"after":"${encodeCursor((page - 1) * size, '[]')}"}`;
  return `{"page":${page}}`;
}

const one = (name: string, about: string, number: (serial: number) => string): Scenario => ({
  name,
  about,
  document: oneDocument,
  variables: (_, serial) => `{"n":"${number(serial)}"}`,
  expected: (serial) => [number(serial)],
});

const page = (name: string, about: string, at: (serial: number) => number): Scenario => ({
  name,
  about,
  document: (dialect) => pageDocument(dialect),
  variables: (dialect, serial) => pageVariables(dialect, at(serial)),
  expected: (serial) => pageNumbers(at(serial)),
});

export const SCENARIOS: readonly Scenario[] = [
  one('a', 'one `tracking` look-up, another key every time', numberOf),
  one('b', 'the same look-up for ever', () => numberOf(HOT)),
  {
    name: 'c',
    about: `one document with ${ALIASES} aliased look-ups, other keys every time`,
    document: manyDocument,
    variables: (_, serial) => `{${manyNumbers(serial).map((number, index) => `"n${index}":"${number}"`)}}`,
    expected: manyNumbers,
  },
  {
    ...one('a2', 'as a, the number written into the document: no document comes twice', numberOf),
    written: (dialect, serial) => written(`{ ${lookUp(dialect, 'n')} }`, [numberOf(serial)]),
  },
  {
    name: 'c2',
    about: 'as c, the numbers written into the document',
    document: manyDocument,
    variables: () => '{}',
    written: (dialect, serial) =>
      written(manyDocument(dialect).replace(/^query Many\([^)]*\)/, ''), manyNumbers(serial)),
    expected: manyNumbers,
  },
  page('d', 'a page of 100 trackings with 5 events each, another page every time', (serial) => 1 + (serial % HOT_PAGE)),
  page('d2', 'the same page for ever', () => HOT_PAGE),
  {
    name: 'e',
    about: `a typical page: eight times one tracking with customer, both legs and 12 events, twice a list of ${SHORT_PAGE}; ${WARM} of each, asked for again and again`,
    document: (dialect, serial) => (isList(serial) ? shortPageDocument(dialect) : richDocument(dialect)),
    variables: (dialect, serial) =>
      isList(serial)
        ? pageVariables(dialect, 1 + (serial % WARM), SHORT_PAGE)
        : `{"n":"${numberOf(RICH + (serial % WARM))}"}`,
    expected: (serial) =>
      isList(serial) ? pageNumbers(1 + (serial % WARM), SHORT_PAGE) : [numberOf(RICH + (serial % WARM))],
  },
];

/** The document with each variable in turn replaced by a value. */
function written(document: string, values: readonly string[]): string {
  let at = 0;
  return document.replaceAll(/\$n\d*/g, () => JSON.stringify(values[at++]));
}

/** What is wrong with an answer; undefined: nothing. `events`: must each tracking come with events? */
export function fault(status: number, text: string, expected: readonly string[], events: boolean): string | undefined {
  if (status !== 200) return `HTTP ${status}: ${text.slice(0, 200)}`;
  if (text.includes('"errors":[')) return text.slice(0, 300);
  let from = 0;
  for (const number of expected) {
    const at = text.indexOf(`"trackingNumber":"${number}"`, from);
    if (at < 0) return `${number} is missing or out of order in ${text.slice(0, 200)}`;
    // A field of its older events: a look-up without its events is not the answer.
    from = events ? text.indexOf('"statusText":"transit"', at) : at;
    if (from < 0) return `${number} has no events`;
  }
  return undefined;
}
