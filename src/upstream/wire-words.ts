// The small things that replies are made of: objects, texts, addresses. Every field of every tracking comes through here,
// so what the runtime does slowly (trimming, replacing) is done only where there is something to do.

export type Wire = Readonly<Record<string, unknown>>;

export const isWire = (value: unknown): value is Wire =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text without the blanks around it; numbers become text; nothing and `""` become null (Q15). */
export function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return null;
  return isInk(value.charCodeAt(0)) && isInk(value.charCodeAt(value.length - 1)) ? value : value.trim() || null;
}

/** Is a character none that `trim` takes off? True of all letters up to Cyrillic, of digits and of most signs. */
const isInk = (code: number) => code > 0x20 && code < 0x1680 && code !== 0xa0;

/** undefined where the member is absent, so that "not said" and "none" stay apart. JSON has no undefined of its own. */
export function told<T>(member: unknown, read: (value: unknown) => T): T | undefined {
  return member === undefined ? undefined : read(member);
}

/** Free text of callers: on reads an apostrophe comes as `\'` (Q19), an unset value also as the text "null" (Q11). */
export function callerText(value: unknown): string | null {
  const read = text(value);
  if (read === null || read === 'null') return null;
  return read.includes("\\'") ? read.replaceAll("\\'", "'") : read;
}

// Valid as any address of this form is; what else there may be (ports, other alphabets, `xn--`) is parsed.
const PLAIN_ADDRESS = /^https?:\/\/(?!.*xn--)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:\/[\w./-]*)?$/i;

/** Only web addresses: the text comes from outside and ends up in links. */
export function website(value: unknown): string | null {
  const address = text(value);
  const full = address?.startsWith('//') ? `https:${address}` : address;
  if (!full || PLAIN_ADDRESS.test(full)) return full ?? null;
  return /^https?:\/\//i.test(full) && URL.canParse(full) ? full : null;
}
