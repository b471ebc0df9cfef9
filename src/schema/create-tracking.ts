// `createTracking` and `batchCreateTrackings`.

import { InvalidInput } from '../domain/errors.ts';
import { parseKey } from '../domain/key.ts';
import { MAX_BATCH } from '../domain/requests.ts';
import type { Tracking } from '../domain/tracking.ts';
import type { BatchItemOutcome, CreateOutcome } from '../upstream/client.ts';
import { checkLanguage, type Builder, ONE_CALL } from './builder.ts';
import {
  type AlreadyExistsShape,
  alreadyExists,
  type ErrorTypes,
  inputError,
  type InputErrorShape,
  quotaExceeded,
  type QuotaErrorShape,
  upstreamError,
  type UpstreamErrorShape,
} from './errors.ts';

/** The most items one `batchCreateTrackings` takes (contract.md §4). */
const MAX_ITEMS = 400;

interface CreatedShape {
  readonly kind: 'created';
  readonly tracking: Tracking;
}
type CreateShape = CreatedShape | AlreadyExistsShape | InputErrorShape | QuotaErrorShape | UpstreamErrorShape;

function shapeOf(outcome: CreateOutcome, path: readonly string[]): Exclude<CreateShape, UpstreamErrorShape> {
  switch (outcome.kind) {
    case 'created':
      return outcome;
    case 'exists':
      return alreadyExists(outcome.key);
    case 'invalid':
      return inputError(outcome.reason, path);
    case 'quota':
      return quotaExceeded();
  }
}

function itemShapeOf(outcome: BatchItemOutcome, index: number): CreateShape {
  const path = ['input', String(index)];
  if (outcome.kind !== 'failed') return shapeOf(outcome, path);
  // One malformed item is that item's outcome, not the whole batch's error.
  const { fault } = outcome;
  if (!(fault instanceof InvalidInput)) return upstreamError(fault);
  const reason = { carrierCode: 'CARRIER_CODE', trackingNumber: 'TRACKING_NUMBER' } as const;
  return inputError(
    fault.argument === 'carrierCode' || fault.argument === 'trackingNumber' ? reason[fault.argument] : 'OTHER',
    path,
  );
}

interface NewTrackingInput {
  readonly carrierCode: string;
  readonly trackingNumber: string;
  readonly language?: string | null | undefined;
}

/** Checks what the upstream would refuse anyway, before anything is sent. Throws `InvalidInput`. */
function checkInput(input: NewTrackingInput): void {
  try {
    parseKey(input.carrierCode, input.trackingNumber);
    checkLanguage(input.language, 'language');
  } catch (error) {
    throw error instanceof InvalidInput ? new InvalidInput(`input.${error.argument}`, error.reason) : error;
  }
}

export function addCreateTracking(builder: Builder, errors: ErrorTypes): void {
  const input = addInput(builder);
  const result = addResult(builder, errors);
  builder.mutationField('createTracking', (t) =>
    t.field({
      type: result,
      nullable: false,
      cost: ONE_CALL,
      description:
        'Registers a number with the account; from then on the upstream keeps it up to date. Spends one unit of quota. One upstream call (one a second for the whole account); creates that wait share batch calls. A lost answer is looked for before anything is sent again.',
      args: {
        input: t.arg({ type: input, required: true, description: 'The number and what you want kept with it.' }),
      },
      async resolve(_root, args, { upstream, caller, loaders }) {
        checkInput(args.input);
        loaders.written(parseKey(args.input.carrierCode, args.input.trackingNumber));
        return shapeOf(await upstream.create(args.input, caller), ['input']);
      },
    }),
  );
  addBatch(builder, input, result);
}

function addResult(builder: Builder, errors: ErrorTypes) {
  const payload = builder.objectRef<CreatedShape>('CreateTrackingPayload').implement({
    description: 'The number is registered now.',
    fields: (t) => ({
      tracking: t.expose('tracking', {
        type: 'Tracking',
        nullable: false,
        description: 'The new tracking: PENDING, and looked up at the carrier within seconds.',
      }),
    }),
  });
  return builder.unionType('CreateTrackingResult', {
    description: 'What became of one create.',
    types: [payload, errors.alreadyExists, errors.input, errors.quota, errors.upstream],
    resolveType: ({ kind }: CreateShape) =>
      ({
        created: payload,
        exists: errors.alreadyExists,
        invalid: errors.input,
        quota: errors.quota,
        failed: errors.upstream,
      })[kind],
  });
}

type InputRef = ReturnType<typeof addInput>;
type ResultRef = ReturnType<typeof addResult>;

function addBatch(builder: Builder, input: InputRef, result: ResultRef): void {
  const payload = builder.objectRef<readonly CreateShape[]>('BatchCreateTrackingsPayload').implement({
    description: 'What became of every item of a batch.',
    fields: (t) => ({
      results: t.field({
        type: [result],
        nullable: false,
        listSize: { assumedSize: MAX_BATCH },
        description: 'One for each input, in input order. A number repeated inside the input exists the second time.',
        resolve: (items) => items,
      }),
      submittedCount: t.int({ nullable: false, description: 'Items of the input.', resolve: (items) => items.length }),
      createdCount: t.int({
        nullable: false,
        description: 'Items that are registered now by this call.',
        resolve: created,
      }),
      failedCount: t.int({
        nullable: false,
        description: 'All the others.',
        resolve: (items) => items.length - created(items),
      }),
    }),
  });
  builder.mutationField('batchCreateTrackings', (t) =>
    t.field({
      type: payload,
      nullable: false,
      cost: ONE_CALL,
      description: `Registers 1 to ${MAX_ITEMS} numbers; ${MAX_BATCH} cost one upstream call (one a second for the whole account). Every item has its own outcome: one that is malformed, or whose call failed, does not touch the others.`,
      args: { input: t.arg({ type: [input], required: true, description: `1 to ${MAX_ITEMS} items.` }) },
      async resolve(_root, args, { upstream, caller }) {
        if (args.input.length === 0 || args.input.length > MAX_ITEMS) {
          throw new InvalidInput('input', `takes 1 to ${MAX_ITEMS} items`);
        }
        const outcomes = await upstream.createMany(args.input, caller);
        return outcomes.map(itemShapeOf);
      },
    }),
  );
}

const created = (items: readonly CreateShape[]) => items.filter((item) => item.kind === 'created').length;

function addInput(builder: Builder) {
  return builder.inputType('CreateTrackingInput', {
    description: 'A number to register. What is left out, null or `""` is not set.',
    fields: (t) => ({
      carrierCode: t.string({
        required: true,
        description: 'A code of `carriers`; `detectCarriers` guesses it from a number.',
      }),
      trackingNumber: t.string({ required: true, description: 'Stored as written, compared without case.' }),
      title: t.string({ description: 'Your name for the parcel.' }),
      logisticsChannel: t.string({ description: 'Your carrier’s service or channel.' }),
      customerName: t.string({ description: 'Personal data.' }),
      customerEmail: t.field({ type: 'EmailAddress', description: 'Personal data.' }),
      customerPhone: t.string({ description: 'Personal data. The upstream stores it and never reads it back.' }),
      orderId: t.string({ description: 'Your order; `trackings` can filter by it.' }),
      orderCreatedAt: t.field({
        type: 'LocalDateTime',
        description: 'When your order was placed, on the account’s clock; sent to the minute.',
      }),
      destinationCountryCode: t.field({ type: 'CountryCode', description: 'Where the parcel goes.' }),
      shipDate: t.field({ type: 'Date', description: 'Day of posting; some carriers need it.' }),
      postalCode: t.string({ description: 'Of the addressee; some carriers need it.' }),
      accountNumber: t.string({ description: 'Of the sender with the carrier; some carriers need it.' }),
      specialDestination: t.string({ description: 'Destination in the carrier’s own words; few carriers need it.' }),
      language: t.string({
        description: 'Two letters: language of the event texts, fixed from here on for most carriers.',
      }),
      autoCorrectCarrier: t.boolean({
        description:
          'false: the carrier stays as given; true: the upstream may correct it. Left out: the upstream decides.',
      }),
      comment: t.string({ description: 'Your note; cannot be changed later.' }),
    }),
  });
}
