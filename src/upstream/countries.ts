// English country names and ISO 3166-1 codes. The upstream sends a name on some calls and a code on others
// (upstream.md Q9); both come out the same, so that a country does not depend on the call that told it.

import countries from 'i18n-iso-countries';
import type { Country } from '../domain/tracking.ts';

/** A country from a name ("Hong Kong [CN]" occurs) or an alpha-2 code in any case; null for nothing. */
export function countryOf(nameOrCode: string | null): Country | null {
  if (nameOrCode === null) return null;
  const name = nameOrCode.replace(/\s*\[[^\]]*\]$/, '');
  const upper = name.toUpperCase();
  const code = upper.length === 2 && countries.isValid(upper) ? upper : (countries.getAlpha2Code(name, 'en') ?? null);
  return { code, name: code === null ? name : displayName(code) };
}

const displayName = (code: string) => new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
