// The bytes of a reply as the envelope that every reply of the REST API is (upstream.md §3).

import { isAscii } from 'node:buffer';

/** `code` is the API's own (upstream.md §3.1), whatever the HTTP status says. */
export interface Envelope {
  readonly code: number;
  /** undefined where there is none. */
  readonly data: unknown;
}

/** null for anything that is no envelope (upstream.md §3.2). A cut one does not parse. */
export function readEnvelope(bytes: Buffer): Envelope | null {
  // Most replies are plain ASCII, which needs no decoding.
  const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  let body: unknown;
  try {
    // JSON does not know the mark that some servers put before UTF-8.
    body = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null || !('meta' in body)) return null;
  const { meta } = body;
  if (typeof meta !== 'object' || meta === null || !('code' in meta) || !Number.isInteger(meta.code)) return null;
  return { code: Number(meta.code), data: 'data' in body ? body.data : undefined };
}
