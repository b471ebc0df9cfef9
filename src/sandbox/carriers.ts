// The carriers the sandbox knows and the rules by which it detects one from a number (upstream.md §5).
// Nothing here knows trackings; names and patterns are data.

/** A row of `/carriers`, with the ISO code of its home country, which is not sent. */
export interface Carrier {
  readonly name: string;
  readonly code: string;
  readonly phone: string;
  readonly homepage: string;
  readonly type: 'express' | 'globalpost';
  readonly home: string;
}

const rows: readonly (readonly [string, string, string, string, 'express' | 'globalpost', string])[] = [
  ['Russian Post', 'russian-post', '+7 (495) 956-20-67', 'https://pochta.ru/', 'globalpost', 'RU'],
  ['CDEK Express', 'cdek', '8 800 250-14-05', 'https://cdek-express.com/', 'express', 'RU'],
  ['China Post', 'china-post', '86 20 11185', 'http://yjcx.ems.com.cn/qps/yjcx', 'globalpost', 'CN'],
  ['China EMS', 'china-ems', '11183', 'http://www.ems.com.cn/', 'globalpost', 'CN'],
  ['USPS', 'usps', '1-800-275-8777', 'https://www.usps.com/', 'globalpost', 'US'],
  ['DHL', 'dhl', '1 800 225 5345', 'http://www.dhl.com/', 'express', 'DE'],
  ['4PX', '4px', '86-755-23508000', 'http://express.4px.com/', 'express', 'CN'],
  ['STO Express', 'sto', '95543', 'http://www.sto.cn/', 'express', 'CN'],
  ['UPS', 'ups', '+1 800 742 5877', 'https://www.ups.com/', 'express', 'US'],
  ['PostNL', 'postnl', '', 'https://www.postnl.nl/', 'globalpost', 'NL'],
  ['Boxberry', 'boxberry', '8 800 234-80-00', 'https://boxberry.ru/', 'express', 'RU'],
  ['Yanwen', 'yanwen', '', 'https://www.yw56.com.cn/', 'globalpost', 'CN'],
];

/** The carriers by lower-case code, in the order of the list. */
export const carriers: ReadonlyMap<string, Carrier> = new Map(
  rows.map(([name, code, phone, homepage, type, home]) => [code, { name, code, phone, homepage, type, home }]),
);

/** `data` of `/carriers`, member order as in the sample. */
export const carrierList: readonly object[] = rows.map(([name, code, phone, homepage, type]) => {
  return { name, code, phone, homepage, type, picture: `//cdn.example.test/carriers/${code}.png` };
});

// Detection spells some names in its own way ("China post"), as the real service does.
const detectRules: readonly (readonly [RegExp, readonly { name: string; code: string }[]])[] = [
  [
    /^[A-Z]{2}\d{9}CN$/,
    [
      { name: 'China post', code: 'china-post' },
      { name: 'China EMS', code: 'china-ems' },
    ],
  ],
  [/^[A-Z]{2}\d{9}RU$/, [{ name: 'Russian Post', code: 'russian-post' }]],
  [/^[A-Z]{2}\d{9}US$/, [{ name: 'USPS', code: 'usps' }]],
  [/^\d{10}$/, [{ name: 'CDEK Express', code: 'cdek' }]],
  [/^\d{12}$/, [{ name: 'STO Express', code: 'sto' }]],
];

/** Candidates for a number, best first; empty when no rule fits (upstream.md §5.2). */
export function detectCarriers(number: string): readonly { name: string; code: string }[] {
  return detectRules.find(([pattern]) => pattern.test(number.toUpperCase()))?.[1] ?? [];
}
