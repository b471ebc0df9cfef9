// What becomes of a create: of its own reply, of a part of a batch's reply, and of a reply that was lost. The calls are
// answered by hand, so that every reply and every moment can be had; failures.test.ts shows the same on real sockets.

import { describe, expect, it } from 'vitest';
import type { Caller } from '../../src/domain/caller.ts';
import { Fault } from '../../src/domain/errors.ts';
import { parseKey, type TrackingKey } from '../../src/domain/key.ts';
import type { NewTracking } from '../../src/domain/requests.ts';
import type { Tracking } from '../../src/domain/tracking.ts';
import type { CallReply, CallRequest } from '../../src/upstream/calls.ts';
import { createCreates, type CreateOutcome, outcomeUnknown } from '../../src/upstream/creates.ts';
import { classifyCode, invalidResponse, timedOut } from '../../src/upstream/failures.ts';
import { type TestClock, testClock } from '../support/clock.ts';
import { batch, created } from './support.ts';
import { budgetOn, LATER, waiter } from './waiting.ts';

const input = (trackingNumber: string, over: Partial<NewTracking> = {}): NewTracking => ({
  carrierCode: 'cdek',
  trackingNumber,
  ...over,
});
/** An element of a create reply. */
const made = (number: string, over: object = {}) => created({ carrier_code: 'cdek', tracking_number: number, ...over });
const refused = (number: string, code: number, over: object = {}) => ({
  carrier_code: 'cdek',
  tracking_number: number,
  code,
  ...over,
});
const reply = (code: number, data: unknown = null): CallReply => ({ verdict: classifyCode(code), data });
const LOST: CallReply = { verdict: timedOut(), data: null };

/** What a read finds. */
const found = (number: string, over: Partial<Tracking> = {}): Tracking => ({
  key: parseKey('cdek', number),
  carrierCode: 'cdek',
  trackingNumber: number,
  fetchedAt: 0,
  ...over,
});

interface Asked {
  readonly request: CallRequest;
  readonly caller: Caller;
  readonly turn: boolean;
}

type Answer = CallReply | Error | Promise<CallReply>;

interface WorldOptions {
  /** What the calls are answered with, in turn. */
  readonly answers: readonly Answer[];
  /** What a read of a number finds; nothing where it is not named. */
  readonly there?: Readonly<Record<string, Tracking | Error | undefined>>;
  readonly clock?: TestClock;
}

function open({ answers, there = {}, clock = testClock() }: WorldOptions) {
  const asked: Asked[] = [];
  const reads: { readonly key: TrackingKey; readonly caller: Caller }[] = [];
  const written: string[] = [];
  const budget = budgetOn(clock, { rates: { list: 0, realtime: 0, other: 0 } });
  const creates = createCreates({
    budget,
    clock,
    calls: {
      async call(request, caller, slot) {
        const answer = answers[asked.length] ?? new Error('asked once too often');
        asked.push({ request, caller, turn: slot !== undefined });
        slot?.sent();
        slot?.answered();
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    async read(key, caller) {
      reads.push({ key, caller });
      const is = there[key.trackingNumber];
      if (is instanceof Error) throw is;
      return is ?? null;
    },
    written: (key) => void written.push(key.text),
  });
  const outcome = (promise: Promise<CreateOutcome>) =>
    promise.then(inWords, (error: unknown) => (error instanceof Fault ? error.code : 'no fault'));
  return {
    asked,
    reads,
    written,
    budget,
    clock,
    creates,
    /** The outcomes of inputs that are created in one go. */
    all: (inputs: readonly NewTracking[], caller: Caller = waiter(clock)) =>
      Promise.all(inputs.map((each) => outcome(creates.create(each, caller)))),
    calls: () => asked.map(({ request }) => request.endpoint),
  };
}

function inWords(outcome: CreateOutcome): string {
  switch (outcome.kind) {
    case 'created':
      return `created ${outcome.tracking.key.text}`;
    case 'exists':
      return `exists ${outcome.key.text}`;
    case 'invalid':
      return `invalid ${outcome.reason}`;
    case 'quota':
      return 'quota';
  }
}

/** One create's outcome and the calls it cost. */
async function single(answers: readonly Answer[], there?: WorldOptions['there'], over?: Partial<NewTracking>) {
  const world = open({ answers, there });
  const [outcome] = await world.all([input('N0001', over)]);
  return { outcome, calls: world.calls(), reads: world.reads.length, world };
}

describe('a single create', () => {
  it('is answered with what the upstream made, in its own turn, and says afterwards that it was written', async () => {
    const { outcome, calls, reads, world } = await single([reply(200, made('N0001'))], {}, { title: 'Boots' });
    expect({ outcome, calls, reads }).toEqual({ outcome: 'created cdek|N0001', calls: ['create'], reads: 0 });
    expect(JSON.parse(world.asked[0]?.request.body ?? '')).toEqual({
      tracking_number: 'N0001',
      carrier_code: 'cdek',
      title: 'Boots',
    });
    expect(world.asked[0]?.turn).toBe(true);
    expect(world.written).toEqual(['cdek|N0001']);
  });

  it('carries the moment of its answer', async () => {
    const { creates, clock } = open({ answers: [reply(200, made('N0001'))] });
    const outcome = await creates.create(input('N0001'), waiter(clock));
    expect(outcome.kind === 'created' && outcome.tracking.fetchedAt).toBe(clock.now());
  });

  it('is itself also where the upstream corrected the carrier', async () => {
    const { outcome, calls } = await single([reply(200, made('N0001', { carrier_code: 'dhl' }))]);
    expect([outcome, ...calls]).toEqual(['created dhl|N0001', 'create']);
  });

  it.each([
    [4016, 'exists cdek|N0001'],
    [4013, 'invalid TRACKING_NUMBER'],
    [4015, 'invalid CARRIER_CODE'],
    [4021, 'UPSTREAM_QUOTA_EXCEEDED'],
    [401, 'UPSTREAM_REJECTED_KEY'],
    [429, 'RATE_LIMITED'],
    [405, 'UPSTREAM_INVALID_RESPONSE'],
    [4099, 'UPSTREAM_INVALID_RESPONSE'],
    [4017, 'UPSTREAM_INVALID_RESPONSE'],
    [4031, 'UPSTREAM_INVALID_RESPONSE'],
  ])('that is answered with %i is not looked for', async (code, words) => {
    const { outcome, calls, reads } = await single([reply(code)]);
    const expected = words === 'UPSTREAM_QUOTA_EXCEEDED' ? 'quota' : words;
    expect({ outcome, calls, reads }).toEqual({ outcome: expected, calls: ['create'], reads: 0 });
  });

  it('over the quota is made, and its caller is told', async () => {
    const notes: string[] = [];
    const { all, clock } = open({ answers: [reply(202, made('N0001')), reply(200, made('N0002'))] });
    const caller = waiter(clock, LATER, { note: (note) => void notes.push(note) });
    expect(await all([input('N0001')], caller)).toEqual(['created cdek|N0001']);
    expect(notes).toEqual(['quota-warning']);
    await all([input('N0002')], caller);
    expect(notes).toHaveLength(1);
  });

  it('is refused while the quota is used up, without a call', async () => {
    const { all, budget, asked } = open({ answers: [] });
    budget.latch('quota');
    expect(await all([input('N0001')])).toEqual(['quota']);
    expect(asked).toEqual([]);
  });

  it('fails with the error of its call, and is not looked for', async () => {
    const { outcome, reads, world } = await single([new Fault('UPSTREAM_UNAVAILABLE', 'x')]);
    expect([outcome, reads]).toEqual(['UPSTREAM_UNAVAILABLE', 0]);
    expect(world.written).toEqual(['cdek|N0001']);
  });

  it('fails with an error of no kind as that error', async () => {
    expect((await single([new Error('a bug')])).outcome).toBe('no fault');
  });

  it('is followed to its end with the patience and the urgency of who asked, though he leaves', async () => {
    let answer: (value: CallReply) => void = () => {};
    const world = open({ answers: [new Promise<CallReply>((resolve) => (answer = resolve))], there: {} });
    const caller = waiter(world.clock, 7_000, { priority: 'refresh' });
    const told = world.all([input('N0001')], caller);
    await world.clock.advance(0);
    const asking = world.asked[0]?.caller;
    expect(asking).toMatchObject({ deadline: caller.deadline, priority: 'refresh', readThrough: true });
    caller.leave();
    expect(await told).toEqual(['no fault']);
    expect(asking?.signal.aborted).toBe(false);
    expect(world.written).toEqual([]);
    answer(reply(200, made('N0001')));
    await world.clock.advance(0);
    expect(world.written).toEqual(['cdek|N0001']);
  });
});

describe('who leaves a create', () => {
  const error = new Error('left');
  const thrown = (act: () => unknown) => {
    try {
      return act();
    } catch (caught) {
      return caught;
    }
  };

  it('is in doubt only where he has left and while the call is on its way', async () => {
    let answer: (value: CallReply) => void = () => {};
    const { creates, all, clock } = open({ answers: [new Promise<CallReply>((resolve) => (answer = resolve))] });
    const key = parseKey('cdek', 'N0001');
    const [gone, here] = [waiter(clock), waiter(clock)];
    gone.leave();
    const inDoubt = (of: TrackingKey, caller: Caller) => thrown(() => creates.leftInDoubt(of, caller)(error));
    expect(inDoubt(key, gone)).toBe(error);
    const told = all([input('N0001')]);
    await clock.advance(0);
    expect(inDoubt(key, gone)).toMatchObject({ code: 'OUTCOME_UNKNOWN', cause: error });
    expect(inDoubt(key, here)).toBe(error);
    expect(inDoubt(parseKey('cdek', 'N0002'), gone)).toBe(error);
    answer(reply(200, made('N0001')));
    await told;
    await clock.advance(0);
    expect(inDoubt(key, gone)).toBe(error);
  });

  it('is told to look before he repeats it', () => {
    expect(outcomeUnknown().message).toBe(
      'The upstream did not say whether this write was carried out. Read before repeating it.',
    );
    expect(outcomeUnknown().retryable).toBe(false);
  });
});

describe('a lost reply', () => {
  it('is made up for by what is there, which is read past everything kept', async () => {
    const { outcome, calls, world } = await single([LOST], { N0001: found('N0001') });
    expect([outcome, ...calls]).toEqual(['created cdek|N0001', 'create']);
    expect(world.reads.map(({ key, caller }) => [key.text, caller.readThrough])).toEqual([['cdek|N0001', true]]);
  });

  it.each([
    ['a title', { title: 'Boots' }, { title: 'Boots' }, { title: 'Shoes' }],
    ['an order', { orderId: 'o1' }, { orderId: 'o1' }, { orderId: null }],
    ['a comment', { comment: 'c' }, { comment: 'c' }, { comment: 'd' }],
    ['a name', { customerName: 'n' }, { customerName: 'n' }, { customerName: 'm' }],
    ['an address', { customerEmail: 'a@b.c' }, { customerEmails: ['a@b.c'] }, { customerEmails: ['d@b.c'] }],
    ['no title', {}, { title: null }, { title: 'Boots' }],
    ['an empty title', { title: ' ' }, { title: null }, { title: ' ' }],
    ['a title of blanks around words', { title: ' Boots ' }, { title: 'Boots' }, { title: ' Boots ' }],
    ['no address', {}, { customerEmails: [] }, { customerEmails: ['a@b.c'] }],
    ['one address', { customerEmail: 'a@b.c' }, {}, { customerEmails: ['a@b.c', 'd@b.c'] }],
    ['a title that is not told', { title: 'Boots' }, { title: undefined }, { title: null }],
  ])('is told apart from another’s tracking by %s', async (_, asked, same, other) => {
    expect((await single([LOST], { N0001: found('N0001', same) }, asked)).outcome).toBe('created cdek|N0001');
    expect((await single([LOST], { N0001: found('N0001', other) }, asked)).outcome).toBe('exists cdek|N0001');
  });

  it('is sent once more where nothing is there, in a turn of its own', async () => {
    const { outcome, calls, reads, world } = await single([LOST, reply(200, made('N0001'))]);
    expect({ outcome, calls, reads }).toEqual({ outcome: 'created cdek|N0001', calls: ['create', 'create'], reads: 1 });
    expect(world.asked.map(({ turn }) => turn)).toEqual([true, false]);
    await world.clock.advance(0);
    expect(world.written).toEqual(['cdek|N0001']);
  });

  it('that is lost again leaves the outcome unknown', async () => {
    const { outcome, calls, reads } = await single([LOST, LOST]);
    expect({ outcome, calls, reads }).toEqual({ outcome: 'OUTCOME_UNKNOWN', calls: ['create', 'create'], reads: 1 });
  });

  it('that cannot be looked for leaves the outcome unknown, and nothing is sent again', async () => {
    const { outcome, calls } = await single([LOST], { N0001: new Fault('UPSTREAM_UNAVAILABLE', 'x') });
    expect([outcome, ...calls]).toEqual(['OUTCOME_UNKNOWN', 'create']);
  });

  it.each([
    ['of no shape', 'nonsense'],
    ['about another number', made('N0009')],
  ])('is what a good reply %s is', async (_, data) => {
    const { outcome, calls, reads } = await single([reply(200, data)], { N0001: found('N0001') });
    expect({ outcome, calls, reads }).toEqual({ outcome: 'created cdek|N0001', calls: ['create'], reads: 1 });
  });

  it.each([[500], [7]])('is what %i is: nobody knows what was done', async (code) => {
    expect((await single([reply(code)], { N0001: found('N0001') })).reads).toBe(1);
  });

  it('is none where the verdict says that nothing was done', async () => {
    const verdict = { ...invalidResponse('x'), ambiguous: false };
    const { outcome, reads } = await single([{ verdict, data: null }]);
    expect([outcome, reads]).toEqual(['UPSTREAM_INVALID_RESPONSE', 0]);
  });
});

describe('"exists" on the repeat', () => {
  /** Lost, not there yet, refused as existing, and then a read finds `later`. */
  async function repeated(later: Tracking | Error | null, over: Partial<NewTracking> = {}) {
    const there = {
      get N0001() {
        return world.reads.length > 1 && later ? later : undefined;
      },
    };
    const world = open({ answers: [LOST, reply(4016)], there });
    const told = await world.all([input('N0001', over)]);
    return { told, reads: world.reads.length, calls: world.calls() };
  }

  it('is the late arrival of the first attempt where it is ours', async () => {
    expect(await repeated(found('N0001'))).toEqual({
      told: ['created cdek|N0001'],
      reads: 2,
      calls: ['create', 'create'],
    });
  });

  it('is somebody else’s where it differs', async () => {
    expect((await repeated(found('N0001', { title: 'Shoes' }), { title: 'Boots' })).told).toEqual([
      'exists cdek|N0001',
    ]);
  });

  it('is believed where nothing can be found', async () => {
    expect((await repeated(null)).told).toEqual(['exists cdek|N0001']);
  });

  it('leaves the outcome unknown where it cannot be read', async () => {
    expect((await repeated(new Fault('UPSTREAM_UNAVAILABLE', 'x'))).told).toEqual(['OUTCOME_UNKNOWN']);
  });
});

describe('creates that leave together', () => {
  const three = [input('N0001'), input('N0002'), input('N0003')];
  const withTitle = (title: string) => three.map((each) => ({ ...each, title }));

  it('are one call, and each gets its own part of the reply in any order', async () => {
    const world = open({
      answers: [reply(201, batch([made('N0003'), made('N0001')], [refused('N0002', 4016)]))],
    });
    expect(await world.all(withTitle('Boots'))).toEqual([
      'created cdek|N0001',
      'exists cdek|N0002',
      'created cdek|N0003',
    ]);
    expect(world.calls()).toEqual(['createBatch']);
    const body = JSON.parse(world.asked[0]?.request.body ?? '') as { title: string }[];
    expect(body.map(({ title }) => title)).toEqual(['Boots', 'Boots', 'Boots']);
    await world.clock.advance(0);
    expect(world.written.toSorted()).toEqual(['cdek|N0001', 'cdek|N0002', 'cdek|N0003']);
  });

  it('fail one by one, each for its own reason', async () => {
    const world = open({
      answers: [
        reply(201, batch([made('N0001')], [refused('N0002', 4017), refused('N0003', 4015), refused('N0004', 4001)])),
      ],
    });
    expect(await world.all([...three, input('N0004')])).toEqual([
      'created cdek|N0001',
      'UPSTREAM_INVALID_RESPONSE',
      'invalid CARRIER_CODE',
      'UPSTREAM_REJECTED_KEY',
    ]);
    expect(world.calls()).toHaveLength(1);
  });

  it('fail together where the reply is about all of them', async () => {
    const world = open({ answers: [reply(401)] });
    expect(await world.all(three)).toEqual(Array(3).fill('UPSTREAM_REJECTED_KEY'));
    expect(world.reads).toHaveLength(0);
  });

  it('stop what is paid once one of them is over the quota', async () => {
    const world = open({ answers: [reply(201, batch([made('N0001'), made('N0002')], [refused('N0003', 4021)]))] });
    expect(await world.all(three)).toEqual(['created cdek|N0001', 'created cdek|N0002', 'quota']);
    expect(world.budget.state().quotaExceeded).toBe(true);
  });

  it('stop nothing otherwise', async () => {
    const world = open({ answers: [reply(201, batch([made('N0001'), made('N0002')], [refused('N0003', 4016)]))] });
    await world.all(three);
    expect(world.budget.state().quotaExceeded).toBe(false);
  });

  it.each([
    ['is not named', [made('N0001'), made('N0002')], []],
    ['is named with a code of success', [made('N0001'), made('N0002')], [refused('N0003', 200)]],
    ['is named with a failure of the upstream', [made('N0001'), made('N0002')], [refused('N0003', 500)]],
    [
      'is named twice, with other carriers',
      [made('N0001'), made('N0002'), made('N0003', { carrier_code: 'a' }), made('N0003', { carrier_code: 'b' })],
      [],
    ],
  ])('are looked for and sent again where one %s', async (_, trackings, errors) => {
    const world = open({ answers: [reply(201, batch(trackings, errors)), reply(200, made('N0003'))] });
    expect(await world.all(three)).toEqual(['created cdek|N0001', 'created cdek|N0002', 'created cdek|N0003']);
    expect(world.reads.map(({ key }) => key.trackingNumber)).toEqual(['N0003']);
    expect(world.calls()).toEqual(['createBatch', 'create']);
  });

  it.each([
    ['of no shape', reply(200, 'nonsense')],
    ['that is lost', LOST],
  ])('are all looked for after a reply %s, and what is missing is sent in one call', async (_, first) => {
    const world = open({
      answers: [first, reply(201, batch([made('N0002'), made('N0003')]))],
      there: { N0001: found('N0001') },
    });
    expect(await world.all(three)).toEqual(['created cdek|N0001', 'created cdek|N0002', 'created cdek|N0003']);
    expect(world.reads).toHaveLength(3);
    expect(world.calls()).toEqual(['createBatch', 'createBatch']);
  });

  it('are known by their numbers where the upstream corrects or leaves out the carrier', async () => {
    const world = open({
      answers: [
        reply(
          201,
          batch([made('N0001', { carrier_code: 'dhl' }), made('N0003')], [{ tracking_number: 'N0002', code: 4016 }]),
        ),
      ],
    });
    expect(await world.all(three)).toEqual(['created dhl|N0001', 'exists cdek|N0002', 'created cdek|N0003']);
    expect(world.reads).toHaveLength(0);
  });

  it('are not taken for one another where two carriers have the same number', async () => {
    const twins = [input('N0001'), input('N0001', { carrierCode: 'dhl' })];
    const clear = open({
      answers: [reply(201, batch([made('N0001')], [refused('N0001', 4016, { carrier_code: 'dhl' })]))],
    });
    expect(await clear.all(twins)).toEqual(['created cdek|N0001', 'exists dhl|N0001']);
    // One is named, so that the other is meant by what is left.
    const one = open({ answers: [reply(201, batch([made('N0001')], [{ tracking_number: 'N0001', code: 4016 }]))] });
    expect(await one.all(twins)).toEqual(['created cdek|N0001', 'exists dhl|N0001']);
    expect(one.reads).toHaveLength(0);
    // Either may be meant.
    const none = open({
      answers: [reply(201, batch([], [{ tracking_number: 'N0001', code: 4016 }])), LOST],
    });
    expect(await none.all(twins)).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN']);
    expect(none.reads).toHaveLength(2);
  });

  it('believe in a creation rather than in a failure of the same tracking', async () => {
    const world = open({
      answers: [reply(201, batch([made('N0001'), made('N0002'), made('N0003')], [refused('N0001', 4016)]))],
    });
    expect((await world.all(three))[0]).toBe('created cdek|N0001');
  });
});
