// What the processes that share an account say to each other (wire-port.ts): questions, answers, and how the few values that
// structured cloning does not take as they are go into a message: faults, which are classes, and pages, which hold a function.
// Every `as` here is of what a client of this very program gave on the other side, by the method that was asked.

import type { Caller, CallerNote } from '../domain/caller.ts';
import { Fault, type FaultCode, InvalidInput } from '../domain/errors.ts';
import type { Page } from '../domain/page.ts';
import { type HeldTracking, type Tracking, trackingIn } from '../domain/tracking.ts';
import type { BatchItemOutcome, ClientState } from './client.ts';

/** The methods that are asked over the port, and whether they write. The last argument of each is the caller. */
export const METHODS = {
  lookups: 'read',
  readSingly: 'read',
  list: 'read',
  realtime: 'read',
  carriers: 'read',
  detect: 'read',
  create: 'write',
  createMany: 'write',
  update: 'write',
  remove: 'write',
} as const;
export type Method = keyof typeof METHODS;

export interface Question {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
  /** Milliseconds from now: clocks of two processes need not agree. */
  readonly remainingMs: number;
  readonly priority: Caller['priority'];
  readonly readThrough: boolean;
}
interface EncodedFault {
  readonly code: FaultCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly argument: string | undefined;
  readonly reason: string | undefined;
}
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly fault?: EncodedFault;
  /** A bug over there; it has been logged there. */
  readonly bug?: true;
  readonly notes: readonly CallerNote[];
}
/** What is known without asking. */
export interface Mirror {
  readonly writes: number;
  readonly tellsDestination: boolean;
  readonly state: ClientState;
}
export interface FromWorker {
  readonly upstream: { readonly questions?: readonly Question[]; readonly left?: readonly number[] };
}
export interface FromOwner {
  readonly upstream: { readonly answers?: readonly Answer[]; readonly mirror?: Mirror };
}

export const isOurs = <T extends FromWorker | FromOwner>(message: unknown): message is T =>
  typeof message === 'object' && message !== null && 'upstream' in message;

export function encodeFault(fault: Fault): EncodedFault {
  const { code, message, retryable, retryAfterMs } = fault;
  const { argument, reason } = fault instanceof InvalidInput ? fault : { argument: undefined, reason: undefined };
  return { code, message, retryable, retryAfterMs, argument, reason };
}

export function decodeFault({ code, message, retryable, retryAfterMs, argument, reason }: EncodedFault): Fault {
  if (argument !== undefined && reason !== undefined) return new InvalidInput(argument, reason);
  return new Fault(code, message, { retryable, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

/** Outcomes of a batch hold the faults of their items. */
type EncodedItem =
  Exclude<BatchItemOutcome, { kind: 'failed' }> | { readonly kind: 'failed'; readonly fault: EncodedFault };
const encodeItem = (item: BatchItemOutcome): EncodedItem =>
  item.kind === 'failed' ? { kind: 'failed', fault: encodeFault(item.fault) } : item;
const decodeItem = (item: EncodedItem): BatchItemOutcome =>
  item.kind === 'failed' ? { kind: 'failed', fault: decodeFault(item.fault) } : item;

/** Look-ups hold the errors of single trackings; null: a bug over there. */
interface EncodedError {
  readonly error: EncodedFault | null;
}
type LookedUp = HeldTracking | Error;
const encodeLookedUp = (read: LookedUp) =>
  read instanceof Error
    ? ({ error: read instanceof Fault ? encodeFault(read) : null } satisfies EncodedError)
    : trackingIn(read);
const decodeLookedUp = (read: Tracking | null | EncodedError): LookedUp => {
  if (!read || !('error' in read)) return { tracking: read };
  return read.error ? decodeFault(read.error) : failedOverThere();
};

/** What a bug of the process that holds the account is to the others. */
export const failedOverThere = () => new Error('the process that holds the account failed');

/** A page hands out its items by a function, which no message can carry. */
interface EncodedPage {
  readonly total: number;
  readonly items: ReturnType<Page['items']>;
}

/** What the real method gave, as messages carry it. */
export function encodeValue(method: Method, value: unknown): unknown {
  if (method === 'createMany') return (value as readonly BatchItemOutcome[]).map(encodeItem);
  if (method === 'lookups') return (value as readonly LookedUp[]).map(encodeLookedUp);
  if (method !== 'list') return value;
  const { total, items } = value as Page;
  return { total, items: items() } satisfies EncodedPage;
}

export const decodeItems = (value: unknown): readonly BatchItemOutcome[] =>
  (value as readonly EncodedItem[]).map(decodeItem);

export const decodeLookedUps = (value: unknown): readonly LookedUp[] =>
  (value as readonly (Tracking | null | EncodedError)[]).map(decodeLookedUp);

export function decodePage(value: unknown): Page {
  const { total, items } = value as EncodedPage;
  return { total, items: () => items };
}
