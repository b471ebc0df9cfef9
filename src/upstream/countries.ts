// English country names and ISO 3166-1 codes. The upstream sends a name on some calls and a code on others
// (upstream.md Q9); both come out the same, so that a country does not depend on the call that told it.

import countries from 'i18n-iso-countries';
import type { Country } from '../domain/tracking.ts';

// One shared object per country, under its code and every spelling the library and Unicode's tables know, as written and in lower case.
const COUNTRIES = tableOf(new Intl.DisplayNames(['en'], { type: 'region' }));

function tableOf(shown: Intl.DisplayNames): ReadonlyMap<string, Country> {
  const table = new Map<string, Country>();
  for (const [code, names] of Object.entries(countries.getNames('en', { select: 'all' }))) {
    const country: Country = { code, name: shown.of(code) ?? code };
    for (const spelling of [code, country.name, ...names]) {
      table.set(spelling, country);
      table.set(spelling.toLowerCase(), country);
    }
  }
  return table;
}

/** A country from a name ("Hong Kong [CN]" occurs) or an alpha-2 code in any case; null for nothing. */
export function countryOf(nameOrCode: string | null): Country | null {
  if (nameOrCode === null) return null;
  const usual = COUNTRIES.get(nameOrCode);
  if (usual) return usual;
  const name = nameOrCode.replace(/\s*\[[^\]]*\]$/, '');
  return COUNTRIES.get(name.toLowerCase()) ?? { code: null, name };
}
