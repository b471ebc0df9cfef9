// The codes of the envelope and its wire form: type, sentence and HTTP status of each, PHP-style JSON.
// Which situation earns which code is decided by the endpoints; this file only knows how a code is written.

/** One row of upstream.md §9. `http` is sent by default, `strict` with `http-status` = `strict`. */
export interface CodeRow {
  readonly type: string;
  readonly message: string;
  readonly http: number;
  readonly strict: number;
}

const row = (type: string, message: string, http: number, strict: number): CodeRow => ({ type, message, http, strict });
const bad = (message: string): CodeRow => row('Bad Request', message, 200, 400);
const none = (message: string): CodeRow => row('No Content', message, 200, 200);

/** Every code the sandbox can send by itself or by a fault (upstream.md §9). */
export const codes: Readonly<Record<number, CodeRow>> = {
  200: row('Success', 'Success', 200, 200),
  201: row('Created', 'The request was successful and a resource was created.', 200, 201),
  202: row('Bad Request', 'The request was successful but exceeds your limit.', 200, 202),
  401: row('Unauthorized', 'Authentication failed.', 200, 401),
  402: row('Payment Required', 'Payment required.', 200, 402),
  403: row('Forbidden', 'Access denied.', 200, 403),
  404: row('Not Found', 'Resource was not found.', 404, 404),
  405: row('Method Not Allowed', 'Method is not supported for this resource.', 405, 405),
  409: row('Conflict', 'Conflict.', 200, 409),
  429: row('Too Many Requests', 'API request limit exceeded. Pause for two minutes, then try again.', 200, 429),
  500: row('Server error', 'Server error.', 500, 500),
  503: row('Service Unavailable', 'Service is under maintenance.', 503, 503),
  4001: row('Unauthorized', 'Invalid API key.', 200, 401),
  4002: row('Unauthorized', 'API key has been deleted.', 200, 401),
  4012: bad('The request is not understood or lacks a required parameter.'),
  4013: bad('Tracking_number is required.'),
  4014: bad('The value of `tracking_number` is invalid.'),
  4015: bad('The value of `carrier_code` is invalid.'),
  4016: bad('Tracking already exists.'),
  4017: bad('Tracking does not exist.'),
  4018: bad('This feature needs activation.'),
  4019: bad('Your balance is not enough.'),
  4020: bad('Up to 200 at a time.'),
  4021: bad('Your remaining balance is not enough.'),
  4031: none('The request was successful but there is no content. Create the tracking first, then read it.'),
  4032: none('Cannot detect courier.'),
  4033: none('The value of `status` is invalid.'),
};

/** The row of any code; a code outside the table (only a fault can ask for one) gets a neutral row under HTTP 200. */
export function codeRow(code: number): CodeRow {
  return codes[code] ?? row('Error', 'Error.', 200, 200);
}

/** JSON as PHP's `json_encode` writes it: compact, `\/`, `\uXXXX` for everything outside ASCII (upstream.md §2.6). */
export function phpJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[\u0080-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))
    .replace(/\//g, '\\/');
}

/** A whole envelope around `data`, which is JSON text already (cached texts are joined, never parsed again). */
export function envelope(code: number, data: string, type = codeRow(code).type): string {
  return `{"meta":${phpJson({ code, type, message: codeRow(code).message })},"data":${data}}`;
}
