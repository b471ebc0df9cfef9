// What becomes of every way in which an upstream can fail (upstream.md §9, faults.md §2, §3.1): the code a client sees,
// how often the upstream was asked, and that nothing of the upstream's shows. On real sockets.

import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTelemetry } from '../../src/telemetry.ts';
import {
  BatchCreateTrackingsDocument,
  CardBesideCarriersDocument,
  CardDocument,
  CarrierListDocument,
  CreateBrieflyDocument,
  CreateTrackingDocument,
  DeleteTrackingDocument,
  DetectDocument,
  NodesDocument,
  PageDocument,
  RealtimeQuestionDocument,
  UpdateBrieflyDocument,
} from '../gql/graphql.ts';
import type { GraphQLAnswer, TestAppOptions } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { type Answer, scriptedUpstream } from '../support/upstream.ts';
import {
  batch,
  BODY_CANARY,
  codesOf,
  created,
  expectClean,
  hangUp,
  html,
  item,
  KEY,
  onSocket,
  open,
  page,
  PARCEL,
  PATH,
  routes,
  single,
  text,
  updated,
  type World,
} from './support.ts';

const LIST = 'GET /trackings/get';
const CREATE = 'POST /trackings/post';
const BATCH = 'POST /trackings/batch';
const READ = `GET ${PATH}`;
const UPDATE = `PUT ${PATH}`;
const DELETE = `DELETE ${PATH}`;
const CARRIERS = { data: [{ name: 'CDEK', code: 'cdek' }] };
const BOOTS = { ...PARCEL, title: 'Boots' };

/** An answer in a few words: its error's code, or which type it is of. */
function inWords({ data, errors }: GraphQLAnswer<object>): string {
  const extensions = errors?.[0]?.extensions;
  if (extensions) return extensions.retryable === true ? `${extensions.code} retryable` : String(extensions.code);
  const [result]: unknown[] = Object.values(data ?? {});
  if (result === null) return 'null';
  const { __typename: name, code } = result as { __typename: string; code?: string };
  return code === undefined || code === 'QUOTA_EXCEEDED' || !name.includes('Input') ? name : `${name} ${code}`;
}

/** The methods that arrived for the parcel itself. */
const methodsOf = ({ arrivals }: World) =>
  arrivals
    .filter(({ path }) => path !== '/carriers')
    .map(({ method }) => method)
    .join(' ');

interface Outcomes {
  readonly read: string;
  readonly create: string;
  readonly update: string;
  readonly remove: string;
}

/**
 * Each operation's outcome and the calls it cost, where the upstream answers just that call with `answer`; a create is
 * then looked for and not found.
 */
async function outcomes(answer: Answer, options: Partial<TestAppOptions> = {}): Promise<Outcomes> {
  const told = async (route: string, act: (world: World) => Promise<GraphQLAnswer<object>>) => {
    const world = await open(routes({ 'GET /carriers': CARRIERS, [route]: answer }), options);
    return `${inWords(await act(world))}: ${methodsOf(world)}`;
  };
  const [read, create, update, remove] = await Promise.all([
    told(READ, async (world) => {
      const beside = await world.run(CardBesideCarriersDocument, PARCEL);
      expect(beside.data?.carriers).toEqual([{ code: 'cdek' }]);
      return beside;
    }),
    told(CREATE, (world) => world.run(CreateBrieflyDocument, { input: BOOTS })),
    told(UPDATE, (world) => world.run(UpdateBrieflyDocument, { ...PARCEL, input: { title: 'Boots' } })),
    told(DELETE, (world) => world.run(DeleteTrackingDocument, PARCEL)),
  ]);
  return { read, create, update, remove };
}

const everywhere = (words: string): Outcomes => ({
  read: `${words}: GET`,
  create: `${words}: POST`,
  update: `${words}: PUT`,
  remove: `${words}: DELETE`,
});

/** A write that may have been carried out: repeated where that is harmless, looked for where it is not. */
const unclear = (read: string): Outcomes => ({
  read: `${read}: GET GET GET`,
  create: 'OUTCOME_UNKNOWN: POST GET POST',
  update: 'OUTCOME_UNKNOWN: PUT PUT',
  remove: 'OUTCOME_UNKNOWN: DELETE DELETE',
});

const invalid = (code: string): Outcomes => ({
  read: 'BAD_USER_INPUT: GET',
  create: `TrackingInputError ${code}: POST`,
  update: `TrackingInputError ${code}: PUT`,
  remove: 'BAD_USER_INPUT: DELETE',
});

const OUT_OF_PLACE = everywhere('UPSTREAM_INVALID_RESPONSE');
const GONE = { ...OUT_OF_PLACE, read: 'null: GET' };
const EXISTS = { ...OUT_OF_PLACE, create: 'TrackingAlreadyExistsError: POST' };
const QUOTA = { ...everywhere('UPSTREAM_QUOTA_EXCEEDED'), create: 'TrackingQuotaError: POST' };
const NOT_FOUND = {
  ...GONE,
  update: 'TrackingNotFoundError: PUT',
  remove: 'TrackingNotFoundError: DELETE',
};

const CODES: Readonly<Record<number, Outcomes>> = {
  400: invalid('INVALID_INPUT'),
  401: everywhere('UPSTREAM_REJECTED_KEY'),
  402: QUOTA,
  403: everywhere('UPSTREAM_REJECTED_KEY'),
  // "No such route": a read may take it for "not there", a write not (upstream.md §9).
  404: GONE,
  405: OUT_OF_PLACE,
  409: EXISTS,
  429: everywhere('RATE_LIMITED retryable'),
  500: unclear('UPSTREAM_UNAVAILABLE retryable'),
  502: unclear('UPSTREAM_UNAVAILABLE retryable'),
  503: unclear('UPSTREAM_UNAVAILABLE retryable'),
  504: unclear('UPSTREAM_UNAVAILABLE retryable'),
  4001: everywhere('UPSTREAM_REJECTED_KEY'),
  4002: everywhere('UPSTREAM_REJECTED_KEY'),
  4012: invalid('INVALID_INPUT'),
  4013: invalid('INVALID_TRACKING_NUMBER'),
  4014: invalid('INVALID_TRACKING_NUMBER'),
  4015: invalid('INVALID_CARRIER_CODE'),
  4016: EXISTS,
  4017: NOT_FOUND,
  4018: QUOTA,
  4019: QUOTA,
  4020: invalid('INVALID_INPUT'),
  4021: QUOTA,
  4031: NOT_FOUND,
  4032: invalid('INVALID_CARRIER_CODE'),
  4033: invalid('INVALID_STATUS'),
  // Of later versions of the platform, and of nowhere: a refusal that is never repeated.
  4101: OUT_OF_PLACE,
  4999: OUT_OF_PLACE,
  418: OUT_OF_PLACE,
};

describe('a code of the upstream', () => {
  for (const [code, expected] of Object.entries(CODES)) {
    it(`${code} has its outcome on each call, whatever HTTP status it comes under`, async () => {
      const envelope = JSON.stringify({
        meta: { code: Number(code), type: BODY_CANARY, message: BODY_CANARY },
        data: [],
      });
      expect(await outcomes(text(envelope))).toEqual(expected);
      const status = code.length === 3 ? Number(code) : 400;
      expect(await outcomes({ code: Number(code), status })).toEqual(expected);
    });
  }

  it('that nobody knows is no success, and is not repeated', async () => {
    expect(await outcomes({ code: 777 })).toMatchObject({
      read: 'UPSTREAM_INVALID_RESPONSE: GET',
      update: 'OUTCOME_UNKNOWN: PUT',
      remove: 'OUTCOME_UNKNOWN: DELETE',
    });
  });

  it('of the carrier list, the detection and realtime is told in the same words', async () => {
    const script = (answer: Answer) =>
      routes({ 'GET /carriers': answer, 'POST /carriers/detect': answer, 'POST /trackings/realtime': answer });
    const said = async (code: number) => {
      const worlds = await Promise.all([0, 1, 2].map(() => open(script({ code }))));
      const [a, b, c] = worlds;
      if (!a || !b || !c) throw new Error('three worlds');
      const answers = await Promise.all([
        a.run(CarrierListDocument, {}),
        b.run(DetectDocument, { trackingNumber: 'RA123456785RU' }),
        c.run(RealtimeQuestionDocument, PARCEL),
      ]);
      return answers.map(
        (answer, i) => `${codesOf(answer)?.[0] ?? JSON.stringify(answer.data)} ${worlds[i]?.calls().length}`,
      );
    };
    expect(await said(404)).toEqual([
      '{"carriers":[]} 1',
      'UPSTREAM_INVALID_RESPONSE 1',
      'UPSTREAM_INVALID_RESPONSE 1',
    ]);
    expect(await said(4032)).toEqual(['BAD_USER_INPUT 1', '{"detectCarriers":[]} 1', 'BAD_USER_INPUT 1']);
    expect(await said(4019)).toEqual(Array(3).fill('UPSTREAM_QUOTA_EXCEEDED 1'));
    // What is billed is not repeated by itself.
    expect(await said(503)).toEqual(['UPSTREAM_UNAVAILABLE 3', 'UPSTREAM_UNAVAILABLE 1', 'UPSTREAM_UNAVAILABLE 1']);
  });

  it('429 is obeyed for longer where Retry-After says so', async () => {
    const envelope = JSON.stringify({ meta: { code: 429 }, data: [] });
    for (const [header, least, most] of [
      ['300', 300_000, 300_000],
      ['30', 120_000, 120_000],
      [new Date(Date.now() + 400_000).toUTCString(), 390_000, 401_000],
      ['soon', 120_000, 120_000],
    ] as const) {
      const clock = testClock(Date.now());
      const world = await open(routes({ [READ]: text(envelope, 429, { 'retry-after': header }) }), { clock });
      const { errors } = await world.run(CardDocument, PARCEL);
      const wait = Number(errors?.[0]?.extensions?.retryAfterMs);
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(most);
    }
  });
});

const WHOLE = JSON.stringify({ meta: { code: 200 }, data: [single({ title: BODY_CANARY })] });
const HALF = WHOLE.slice(0, 120);
const head = (headers: string) => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${headers}\r\n`;
const raw = (bytes: string) => onSocket((socket) => socket.end(bytes));
const never = () => {};
const SOON = { env: { TRACKRU_TIMEOUT_MS: '150' } };

const BROKEN: Readonly<
  Record<string, { readonly answer: Answer; readonly options?: object; readonly expected: Outcomes }>
> = {
  'a connection closed before an answer': { answer: hangUp, expected: unclear('UPSTREAM_UNAVAILABLE retryable') },
  'a connection reset before an answer': {
    answer: onSocket((socket) => socket.resetAndDestroy()),
    expected: unclear('UPSTREAM_UNAVAILABLE retryable'),
  },
  'a connection reset in the body': {
    answer: onSocket((socket) =>
      socket.write(head(`content-length: ${WHOLE.length}\r\n`) + HALF, () => socket.resetAndDestroy()),
    ),
    expected: unclear('UPSTREAM_UNAVAILABLE retryable'),
  },
  'a body shorter than its content-length': {
    answer: raw(head(`content-length: ${WHOLE.length}\r\n`) + HALF),
    expected: unclear('UPSTREAM_UNAVAILABLE retryable'),
  },
  'a chunked body without its end': {
    answer: raw(`${head('transfer-encoding: chunked\r\n')}${HALF.length.toString(16)}\r\n${HALF}\r\n`),
    expected: unclear('UPSTREAM_UNAVAILABLE retryable'),
  },
  'cut JSON under its own content-length': { answer: text(HALF), expected: unclear('UPSTREAM_INVALID_RESPONSE') },
  'cut JSON that ends with the connection': {
    answer: raw(head('connection: close\r\n') + HALF),
    expected: unclear('UPSTREAM_INVALID_RESPONSE'),
  },
  'an empty body': { answer: text(''), expected: unclear('UPSTREAM_INVALID_RESPONSE') },
  'HTML under 200': { answer: html(200), expected: unclear('UPSTREAM_INVALID_RESPONSE') },
  'HTML under 502': { answer: html(502), expected: unclear('UPSTREAM_UNAVAILABLE retryable') },
  'HTML under 500': { answer: html(500), expected: unclear('UPSTREAM_UNAVAILABLE retryable') },
  'HTML under 401': { answer: html(401), expected: everywhere('UPSTREAM_REJECTED_KEY') },
  'HTML under 403': { answer: html(403), expected: everywhere('UPSTREAM_REJECTED_KEY') },
  'HTML under 429': { answer: html(429), expected: everywhere('RATE_LIMITED retryable') },
  'JSON that is no envelope': {
    answer: text(JSON.stringify({ error: BODY_CANARY })),
    expected: unclear('UPSTREAM_INVALID_RESPONSE'),
  },
  'an envelope whose code is a text': {
    answer: text(JSON.stringify({ meta: { code: '200' }, data: [single()] })),
    expected: unclear('UPSTREAM_INVALID_RESPONSE'),
  },
  'JSON null': { answer: text('null'), expected: unclear('UPSTREAM_INVALID_RESPONSE') },
  'something that is not HTTP': {
    answer: raw(`${BODY_CANARY}\r\n\r\n`),
    expected: unclear('UPSTREAM_INVALID_RESPONSE'),
  },
  'a bad header': {
    answer: raw(`HTTP/1.1 200 OK\r\ncontent-length: ${BODY_CANARY}\r\n\r\n`),
    expected: unclear('UPSTREAM_INVALID_RESPONSE'),
  },
  'headers that do not come': { answer: never, options: SOON, expected: unclear('UPSTREAM_TIMEOUT retryable') },
  'a body that drips': {
    answer: (response) => {
      response.writeHead(200, { 'content-length': WHOLE.length });
      let sent = 0;
      const drip = setInterval(() => response.write(WHOLE.charAt(sent++)), 15);
      response.on('close', () => clearInterval(drip));
    },
    options: SOON,
    expected: unclear('UPSTREAM_TIMEOUT retryable'),
  },
  // Answers, if strange ones: asking again would not help.
  'a body above 16 MB': {
    answer: text(WHOLE + ' '.repeat(17 * 1024 * 1024)),
    expected: {
      read: 'UPSTREAM_INVALID_RESPONSE: GET',
      create: 'OUTCOME_UNKNOWN: POST GET POST',
      update: 'OUTCOME_UNKNOWN: PUT',
      remove: 'OUTCOME_UNKNOWN: DELETE',
    },
  },
};

describe('a broken answer', () => {
  for (const [name, { answer, options, expected }] of Object.entries(BROKEN)) {
    it(`${name} has its outcome on each call`, async () => {
      expect(await outcomes(answer, options)).toEqual(expected);
    });
  }

  it('to a read is forgotten as soon as a repeat is answered', async () => {
    const world = await open(routes({ [READ]: [hangUp, html(502), { data: [single({ title: 'Boots' })] }] }));
    const { data, errors } = await world.run(CardDocument, PARCEL);
    expect(errors).toBeUndefined();
    expect(data?.tracking).toMatchObject({ title: 'Boots' });
    expect(world.calls()).toEqual([READ, READ, READ]);
  });

  it('does not harm the look-ups of other parcels', async () => {
    const world = await open(
      routes({
        [READ]: html(500),
        'GET /trackings/cdek/1234567890': { code: 4031 },
        'GET /trackings/get': { code: 4031 },
      }),
      { env: { TRACKRU_LOOKUP_BATCHING: 'off' } },
    );
    const ids = [PARCEL, { carrierCode: 'cdek', trackingNumber: '1234567890' }].map(({ carrierCode, trackingNumber }) =>
      Buffer.from(`Tracking:${carrierCode}|${trackingNumber}`).toString('base64url'),
    );
    const answer = await world.run(NodesDocument, { ids });
    expect(answer.data?.nodes).toEqual([null, null]);
    expect(answer.errors).toMatchObject([{ path: ['nodes', 0], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  });

  it('as a redirect is not followed, and the key stays here', async () => {
    const elsewhere = await scriptedUpstream(() => ({ data: [single({ title: 'stolen' })] }));
    onTestFinished(() => elsewhere.close());
    for (const status of [301, 302, 303, 307, 308]) {
      const redirect = text(WHOLE, status, { location: elsewhere.baseUrl + PATH });
      expect(await outcomes(redirect)).toEqual({
        read: 'UPSTREAM_INVALID_RESPONSE: GET',
        create: 'OUTCOME_UNKNOWN: POST GET POST',
        update: 'OUTCOME_UNKNOWN: PUT',
        remove: 'OUTCOME_UNKNOWN: DELETE',
      });
    }
    expect(elsewhere.arrivals).toEqual([]);
  });

  it('about another parcel is never taken for the one that was asked for', async () => {
    const other = { tracking_number: 'RB987654321RU', title: BODY_CANARY };
    const world = await open(
      routes({
        [READ]: { data: [single(other)] },
        [UPDATE]: { data: updated(other) },
        'POST /trackings/realtime': { data: { items: [single(other)] } },
      }),
    );
    expect(inWords(await world.run(CardDocument, PARCEL))).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(inWords(await world.run(RealtimeQuestionDocument, PARCEL))).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(inWords(await world.run(UpdateBrieflyDocument, { ...PARCEL, input: {} }))).toBe('OUTCOME_UNKNOWN');
    expect(methodsOf(world)).toBe('GET GET GET POST PUT');
    const create = await open(
      routes({ [CREATE]: { data: created(other) }, [READ]: { data: [single({ title: 'Boots' })] } }),
    );
    expect(inWords(await create.run(CreateBrieflyDocument, { input: BOOTS }))).toBe('CreateTrackingPayload');
    expect(methodsOf(create)).toBe('POST GET');
  });

  it('of a good code with data of no documented shape is not understood', async () => {
    for (const data of ['text', 7, true, [[]], { items: 'x' }, { tracking_number: 'RA123456785RU' }]) {
      const world = await open(() => ({ data }));
      expect(inWords(await world.run(CardDocument, PARCEL)), JSON.stringify(data)).toBe('UPSTREAM_INVALID_RESPONSE');
      // A world of its own: six such answers in a row open the breaker.
      const other = await open(() => ({ data }));
      expect(inWords(await other.run(PageDocument, {}))).toBe('UPSTREAM_INVALID_RESPONSE');
      expect(inWords(await other.run(RealtimeQuestionDocument, PARCEL))).toBe('UPSTREAM_INVALID_RESPONSE');
    }
  });
});

describe('a connection that is not made', () => {
  async function closedPort(): Promise<string> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return `http://127.0.0.1:${port}/v1`;
  }

  it('is said to be unavailable, and no write is left in doubt', async () => {
    const baseUrl = await closedPort();
    const attempts = async (act: (world: World) => Promise<GraphQLAnswer<object>>) => {
      const lines: string[] = [];
      const telemetry = createTelemetry({ level: 'warn', destination: { write: (line) => void lines.push(line) } });
      const world = await open(() => ({}), { baseUrl, telemetry });
      return `${inWords(await act(world))} ${lines.filter((line) => line.includes('call failed')).length}`;
    };
    expect(await attempts((world) => world.run(CardDocument, PARCEL))).toBe('UPSTREAM_UNAVAILABLE retryable 3');
    expect(await attempts((world) => world.run(CreateBrieflyDocument, { input: BOOTS }))).toBe(
      'UPSTREAM_UNAVAILABLE retryable 1',
    );
    expect(await attempts((world) => world.run(UpdateBrieflyDocument, { ...PARCEL, input: {} }))).toBe(
      'UPSTREAM_UNAVAILABLE retryable 2',
    );
    expect(await attempts((world) => world.run(DeleteTrackingDocument, PARCEL))).toBe(
      'UPSTREAM_UNAVAILABLE retryable 2',
    );
  });

  it('for want of TLS leaves no write in doubt either: nothing was sent', async () => {
    const plain = await scriptedUpstream(() => ({ data: created() }));
    onTestFinished(() => plain.close());
    const world = await open(() => ({}), { baseUrl: plain.baseUrl.replace('http:', 'https:') });
    expect(inWords(await world.run(CardDocument, PARCEL))).toBe('UPSTREAM_UNAVAILABLE retryable');
    expect(inWords(await world.run(CreateBrieflyDocument, { input: BOOTS }))).toBe('UPSTREAM_UNAVAILABLE retryable');
    expect(plain.arrivals).toEqual([]);
  });
});

describe('a deadline', () => {
  it('of the operation ends the wait, and leaves a write that is on its way in doubt', async () => {
    const options = { env: { REQUEST_DEADLINE_MS: '150' } };
    const read = await open(routes({ [READ]: never }), options);
    expect(inWords(await read.run(CardDocument, PARCEL))).toBe('UPSTREAM_TIMEOUT retryable');
    const create = await open(routes({ [CREATE]: never }), options);
    expect(inWords(await create.run(CreateBrieflyDocument, { input: BOOTS }))).toBe('OUTCOME_UNKNOWN');
    const update = await open(routes({ [UPDATE]: never }), options);
    expect(inWords(await update.run(UpdateBrieflyDocument, { ...PARCEL, input: {} }))).toBe('OUTCOME_UNKNOWN');
    const remove = await open(routes({ [DELETE]: never }), options);
    expect(inWords(await remove.run(DeleteTrackingDocument, PARCEL))).toBe('OUTCOME_UNKNOWN');
  });
});

describe('a rejected key', () => {
  it('stops all calls but one probe a minute, is named by /ready and logged loudly, and recovers', async () => {
    const clock = testClock();
    const lines: string[] = [];
    const telemetry = createTelemetry({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
    let accepted = false;
    const world = await open(() => (accepted ? { data: [single()] } : { code: 4001 }), { clock, telemetry });
    const ready = async () => {
      const response = await world.app.app.fetch(new Request('http://x/ready'));
      const body = await response.text();
      expectClean(body, world.upstream.baseUrl);
      return { status: response.status, ...(JSON.parse(body) as object) };
    };
    expect(await ready()).toEqual({ status: 'ready', reasons: [] });

    expect(inWords(await world.run(CardDocument, PARCEL))).toBe('UPSTREAM_REJECTED_KEY');
    expect(await ready()).toEqual({ status: 'degraded', reasons: ['the upstream rejects the API key'] });
    for (let second = 0; second < 59; second += 1) {
      expect(inWords(await world.run(CardDocument, PARCEL))).toBe('UPSTREAM_REJECTED_KEY');
      await clock.advance(1_000);
    }
    expect(inWords(await world.run(CreateBrieflyDocument, { input: BOOTS }))).toBe('UPSTREAM_REJECTED_KEY');
    expect(world.calls()).toHaveLength(1);
    await clock.advance(1_000);
    await world.run(CardDocument, PARCEL);
    await world.run(CardDocument, PARCEL);
    expect(world.calls()).toHaveLength(2);

    accepted = true;
    await clock.advance(60_000);
    expect((await world.run(CardDocument, PARCEL)).data?.tracking).not.toBeNull();
    expect(await ready()).toEqual({ status: 'ready', reasons: [] });
    expect((await world.run(CardDocument, PARCEL)).errors).toBeUndefined();

    const loud = lines
      .map((line) => JSON.parse(line) as { level: number; msg: string })
      .filter(({ level }) => level >= 50);
    expect(loud.map(({ msg }) => msg)).toEqual([expect.stringContaining('REJECTS THE API KEY')]);
    expectClean(lines.join(''), world.upstream.baseUrl);
    expect(world.arrivals.every(({ headers }) => headers['api-key'] === KEY)).toBe(true);
  });

  it('reaches no log and no answer, however the upstream fails', async () => {
    const lines: string[] = [];
    const telemetry = createTelemetry({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
    for (const answer of [hangUp, html(500), text(KEY), raw(KEY), { code: 4002 }, { code: 429 }, { code: 4999 }]) {
      const world = await open(() => answer, { telemetry });
      await Promise.all([
        world.run(CardDocument, PARCEL),
        world.run(CreateBrieflyDocument, { input: BOOTS }),
        world.run(BatchCreateTrackingsDocument, { input: [BOOTS, { ...BOOTS, trackingNumber: 'RB123456785RU' }] }),
      ]);
    }
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.join('')).not.toContain(KEY);
    expect(lines.join('')).not.toContain(BODY_CANARY);
  });
});

it('a used-up quota stops what is paid, and reads go on', async () => {
  const world = await open(
    routes({
      [CREATE]: { code: 4019 },
      [READ]: { data: [single()] },
      [DELETE]: { data: [] },
      'GET /carriers': CARRIERS,
    }),
  );
  expect(inWords(await world.run(CreateBrieflyDocument, { input: BOOTS }))).toBe('TrackingQuotaError');
  expect(inWords(await world.run(CreateBrieflyDocument, { input: BOOTS }))).toBe('TrackingQuotaError');
  expect(inWords(await world.run(RealtimeQuestionDocument, PARCEL))).toBe('UPSTREAM_QUOTA_EXCEEDED');
  expect(inWords(await world.run(DetectDocument, { trackingNumber: 'RA123456785RU' }))).toBe('UPSTREAM_QUOTA_EXCEEDED');
  expect((await world.run(CardDocument, PARCEL)).errors).toBeUndefined();
  expect(inWords(await world.run(DeleteTrackingDocument, PARCEL))).toBe('DeleteTrackingPayload');
  expect(world.calls()).toEqual([CREATE, READ, DELETE]);
});

describe('a lost reply', () => {
  const found = { data: [single({ title: 'Boots' })] };
  const creates: Readonly<
    Record<string, { readonly script: Record<string, Answer | Answer[]>; readonly expected: string }>
  > = {
    'of a create that is found is a success': {
      script: { [CREATE]: hangUp, [READ]: found },
      expected: 'CreateTrackingPayload: POST GET',
    },
    'of a create that is not found is sent once more': {
      script: { [CREATE]: [hangUp, { data: created({ title: 'Boots' }) }], [READ]: { code: 4031 } },
      expected: 'CreateTrackingPayload: POST GET POST',
    },
    'and "exists" on the repeat is a success, where the content is ours': {
      script: { [CREATE]: [hangUp, { code: 4016 }], [READ]: [{ code: 4031 }, found] },
      expected: 'CreateTrackingPayload: POST GET POST GET',
    },
    'and "exists" on the repeat with other content is somebody else’s': {
      script: { [CREATE]: [hangUp, { code: 4016 }], [READ]: [{ code: 4031 }, { data: [single({ title: 'Hat' })] }] },
      expected: 'TrackingAlreadyExistsError: POST GET POST GET',
    },
    'of a create that is found with other content is somebody else’s': {
      script: { [CREATE]: hangUp, [READ]: { data: [single({ title: 'Hat' })] } },
      expected: 'TrackingAlreadyExistsError: POST GET',
    },
    'of which nothing can be learned leaves the outcome unknown': {
      script: { [CREATE]: hangUp, [READ]: hangUp },
      expected: 'OUTCOME_UNKNOWN: POST GET GET GET',
    },
    'whose search is refused leaves the outcome unknown': {
      script: { [CREATE]: hangUp, [READ]: { code: 429 } },
      expected: 'OUTCOME_UNKNOWN: POST GET',
    },
    'that is lost twice leaves the outcome unknown': {
      script: { [CREATE]: hangUp, [READ]: { code: 4031 } },
      expected: 'OUTCOME_UNKNOWN: POST GET POST',
    },
    'whose repeat is refused tells why': {
      script: { [CREATE]: [hangUp, { code: 4015 }], [READ]: { code: 4031 } },
      expected: 'TrackingInputError INVALID_CARRIER_CODE: POST GET POST',
    },
  };
  for (const [name, { script, expected }] of Object.entries(creates)) {
    it(name, async () => {
      const world = await open(routes(script));
      const answer = await world.run(CreateBrieflyDocument, { input: BOOTS });
      expect(`${inWords(answer)}: ${methodsOf(world)}`).toBe(expected);
    });
  }

  it('of a delete that finds nothing on its repeat is a success', async () => {
    for (const code of [4017, 4031]) {
      const world = await open(routes({ [DELETE]: [hangUp, { code }] }));
      expect(inWords(await world.run(DeleteTrackingDocument, PARCEL))).toBe('DeleteTrackingPayload');
      expect(methodsOf(world)).toBe('DELETE DELETE');
    }
    // A delete that was never sent has deleted nothing, and a route that is not there says nothing.
    const wrong = await open(routes({ [DELETE]: [hangUp, { code: 404 }] }));
    expect(inWords(await wrong.run(DeleteTrackingDocument, PARCEL))).not.toBe('DeleteTrackingPayload');
  });

  it('of an update is asked for again, for it has the same effect twice', async () => {
    const world = await open(routes({ [UPDATE]: [hangUp, { data: updated({ title: 'Boots' }) }] }));
    const answer = await world.run(UpdateBrieflyDocument, { ...PARCEL, input: { title: 'Boots' } });
    expect(answer.data?.updateTracking).toMatchObject({ tracking: { title: 'Boots' } });
    expect(methodsOf(world)).toBe('PUT PUT');
    const gone = await open(routes({ [UPDATE]: [hangUp, { code: 4017 }] }));
    expect(inWords(await gone.run(UpdateBrieflyDocument, { ...PARCEL, input: {} }))).toBe('TrackingNotFoundError');
    const limited = await open(routes({ [UPDATE]: [hangUp, { code: 429 }] }));
    expect(inWords(await limited.run(UpdateBrieflyDocument, { ...PARCEL, input: {} }))).toBe('OUTCOME_UNKNOWN');
  });

  it('of a batch is settled item by item', async () => {
    const number = (letter: string) => `R${letter}123456785RU`;
    const input = ['A', 'B', 'C', 'D'].map((letter) => ({ ...BOOTS, trackingNumber: number(letter) }));
    const found = [
      single({ tracking_number: number('A'), title: 'Boots' }),
      single({ tracking_number: number('B'), title: 'Hat' }),
    ];
    const world = await open(routes({ [BATCH]: [hangUp, html(403)], [LIST]: { data: page(found) } }));
    const { data, errors } = await world.run(BatchCreateTrackingsDocument, { input });
    expect(errors).toBeUndefined();
    expect(data?.batchCreateTrackings).toMatchObject({
      createdCount: 1,
      results: [
        { __typename: 'CreateTrackingPayload', tracking: { trackingNumber: number('A') } },
        { code: 'ALREADY_EXISTS', trackingNumber: number('B') },
        // The key was rejected when these were sent again: nothing came of them.
        { __typename: 'TrackingUpstreamError', code: 'UPSTREAM_UNAVAILABLE' },
        { __typename: 'TrackingUpstreamError', code: 'UPSTREAM_UNAVAILABLE' },
      ],
    });
    expect(world.calls().filter((call) => call.startsWith('GET'))).toHaveLength(1);
  });

  it('of a batch makes only what is missing be sent again', async () => {
    const number = (letter: string) => `R${letter}123456785RU`;
    const input = ['A', 'B', 'C'].map((letter) => ({ ...BOOTS, trackingNumber: number(letter) }));
    const world = await open(
      routes({
        [BATCH]: [
          hangUp,
          {
            code: 201,
            data: batch([created({ tracking_number: number('B') })], [{ tracking_number: number('C'), code: 4019 }]),
          },
        ],
        [LIST]: { data: page([single({ title: 'Boots' })]) },
      }),
    );
    const { data } = await world.run(BatchCreateTrackingsDocument, { input });
    expect(data?.batchCreateTrackings.results).toMatchObject([
      { tracking: { trackingNumber: number('A') } },
      { tracking: { trackingNumber: number('B') } },
      { code: 'QUOTA_EXCEEDED' },
    ]);
    const sent = world.arrivals
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body) as object[]);
    expect(sent.map((items) => items.length)).toEqual([3, 2]);
  });
});

describe('what was read before a write', () => {
  const keeping = { env: { CACHE_TTL_SECONDS: '60' } };

  it('is not what is there according to the write’s answer', async () => {
    const world = await open(
      routes({ [CREATE]: { code: 4016 }, [READ]: [{ code: 4031 }, { data: [single()] }] }),
      keeping,
    );
    expect((await world.run(CardDocument, PARCEL)).data?.tracking).toBeNull();
    const answer = await world.run(CreateTrackingDocument, { input: BOOTS });
    expect(answer.data?.createTracking).toMatchObject({ existing: { title: null } });
    expect(methodsOf(world)).toBe('GET POST GET');
  });

  it('is read again after a write whose outcome is unknown', async () => {
    const writes: ((world: World) => Promise<GraphQLAnswer<object>>)[] = [
      (world) => world.run(CreateBrieflyDocument, { input: BOOTS }),
      (world) => world.run(UpdateBrieflyDocument, { ...PARCEL, input: { title: 'Boots' } }),
      (world) => world.run(DeleteTrackingDocument, PARCEL),
    ];
    for (const write of writes) {
      const world = await open(
        routes({
          [READ]: [{ data: [single()] }, { code: 4031 }],
          [CREATE]: hangUp,
          [UPDATE]: hangUp,
          [DELETE]: hangUp,
        }),
        keeping,
      );
      expect((await world.run(CardDocument, PARCEL)).data?.tracking).toBeTruthy();
      await world.run(CardDocument, PARCEL);
      expect(methodsOf(world)).toBe('GET');
      expect(inWords(await write(world))).toBe('OUTCOME_UNKNOWN');
      expect((await world.run(CardDocument, PARCEL)).data?.tracking).toBeNull();
    }
  });
});

describe('a batch', () => {
  const number = (letter: string) => `R${letter}123456785RU`;
  const input = ['A', 'B', 'C'].map((letter) => ({ ...PARCEL, trackingNumber: number(letter) }));
  const failure = (letter: string, code: number) => ({
    tracking_number: number(letter),
    carrier_code: PARCEL.carrierCode,
    code,
    message: BODY_CANARY,
  });

  it('in which one item fails oddly does not take the others along', async () => {
    for (const code of [404, 429, 4001, 4999]) {
      const data = batch(
        [created({ tracking_number: number('B') }), created({ tracking_number: number('C') })],
        [failure('A', code)],
      );
      const world = await open(routes({ [BATCH]: { code: 201, data } }));
      const answer = await world.run(BatchCreateTrackingsDocument, { input });
      expect(answer.errors).toBeUndefined();
      expect(answer.data?.batchCreateTrackings.results, String(code)).toMatchObject([
        { __typename: 'TrackingUpstreamError' },
        { tracking: { trackingNumber: number('B') } },
        { tracking: { trackingNumber: number('C') } },
      ]);
      expect(world.calls()).toEqual([BATCH]);
    }
  });

  it('in which one item fails for the upstream’s own reasons looks for that item', async () => {
    const data = batch(
      [created({ tracking_number: number('B') }), created({ tracking_number: number('C') })],
      [failure('A', 500)],
    );
    const world = await open(routes({ [BATCH]: { code: 201, data }, [READ]: { data: [single()] } }));
    const answer = await world.run(BatchCreateTrackingsDocument, { input });
    expect(answer.data?.batchCreateTrackings.createdCount).toBe(3);
    expect(world.calls()).toEqual([BATCH, READ]);
  });

  it('whose carrier the upstream corrected is matched by the number', async () => {
    const data = batch([
      created({ tracking_number: number('A'), carrier_code: 'usps' }),
      created({ tracking_number: number('B') }),
      created({ tracking_number: number('C') }),
    ]);
    const world = await open(routes({ [BATCH]: { code: 201, data } }));
    const answer = await world.run(BatchCreateTrackingsDocument, { input });
    expect(answer.data?.batchCreateTrackings).toMatchObject({ createdCount: 3, failedCount: 0 });
    expect(world.calls()).toEqual([BATCH]);
  });

  it('that fails as a whole fails its own items only', async () => {
    const many = Array.from({ length: 41 }, (_, i) => ({ ...PARCEL, trackingNumber: `RX${String(100 + i)}` }));
    const world = await open((arrival) => {
      if (arrival.method !== 'POST') return { code: 4031 };
      const sent = JSON.parse(arrival.body) as object[] | object;
      if (Array.isArray(sent) && sent.length === 40) return { code: 4012 };
      const items = [sent].flat();
      const done = items.map((each) => created(each));
      return arrival.path === '/trackings/post' ? { data: done[0] } : { code: 201, data: batch(done) };
    });
    const answer = await world.run(BatchCreateTrackingsDocument, { input: many });
    expect(answer.data?.batchCreateTrackings).toMatchObject({ submittedCount: 41, createdCount: 1, failedCount: 40 });
    expect(answer.data?.batchCreateTrackings.results.at(-1)).toMatchObject({ __typename: 'CreateTrackingPayload' });
  });
});

it('a list that is asked for by several look-ups fails each of them by itself, and a page beside them not at all', async () => {
  const world = await open((arrival) => (arrival.path.includes('numbers=') ? html(502) : { data: page([item()]) }));
  const ids = ['1234567890', '1234567891'].map((number) =>
    Buffer.from(`Tracking:cdek|${number}`).toString('base64url'),
  );
  const [nodes, list] = await Promise.all([world.run(NodesDocument, { ids }), world.run(PageDocument, {})]);
  expect(nodes.errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
    [['nodes', 0], 'UPSTREAM_UNAVAILABLE'],
    [['nodes', 1], 'UPSTREAM_UNAVAILABLE'],
  ]);
  expect(list.data?.trackings.totalCount).toBe(1);
});
