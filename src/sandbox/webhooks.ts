// Webhooks, version 2 (upstream.md §11): notices status changes, signs and posts them, repeats on the sandbox clock.
// What a tracking looks like is written by the caller's `write`; one timer runs while the clock does.
import { createHmac } from 'node:crypto';
import { envelope, phpJson } from './codes.ts';
import { see } from './life.ts';
import type { Clock } from './clock.ts';
import type { Sight } from './life.ts';
import type { SandboxSettings } from './settings.ts';
import type { Store, Tracking } from './store.ts';

/** The watcher of one sandbox. */
export interface Webhooks {
  /** Notices what has changed and sends what is due; to be called after every effect and every move of the clock. */
  wake(): void;
  /** Forgets the past: only changes from now on are posted. */
  restart(): void;
  /** Stops the timer and ends open posts. */
  close(): void;
}

interface Message {
  readonly body: string;
  readonly tries: number;
  readonly due: number;
}

const FIRST_RETRY_MS = 30_000;
const LONGEST_TIMER_MS = 3_600_000;
const POST_TIMEOUT_MS = 10_000;

/** `verifyInfo` of a message (upstream.md §11.3): HMAC-SHA256 of `timeStr`, key the account's e-mail. `now` in ms. */
export function verifyInfo(settings: SandboxSettings, now: number): { timeStr: string; signature: string } {
  const timeStr = settings.webhookTime === 'iso' ? new Date(now).toISOString() : String(Math.floor(now / 1000));
  return { timeStr, signature: createHmac('sha256', settings.accountEmail).update(timeStr).digest('hex') };
}

// Every word the lookups after `since` up to `now` have shown, and at last the present one (PUT, realtime).
function changes(store: Store, tracking: Tracking, now: number): Sight[] {
  const present = store.look(tracking, now).sight;
  const noticed = tracking.noticed ?? { at: now, status: present.status };
  tracking.noticed = { at: now, status: present.status };
  const course = store.course(tracking);
  const passed = course.lookups.filter((at) => at > noticed.at && at <= now && at < (present.lookup ?? 0));
  const sights = [...passed.map((at) => see(course, at, tracking.override)), present];
  return sights.filter((sight, i) => sight.status !== (sights[i - 1]?.status ?? noticed.status));
}

/** A watcher that does nothing while `webhook-url` is unset. `write` gives a tracking's single form at a sight. */
export function createWebhooks(
  store: Store,
  clock: Clock,
  settings: () => SandboxSettings,
  write: (tracking: Tracking, sight: Sight) => string,
): Webhooks {
  const closing = new AbortController();
  let queue: Message[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function post(message: Message, url: string): Promise<void> {
    const { webhookCallback, webhookRetries } = settings();
    const done = await deliver(url, message.body, webhookCallback, closing.signal);
    if (done || !webhookCallback || message.tries >= webhookRetries) return;
    queue.push({ ...message, tries: message.tries + 1, due: clock.now() + FIRST_RETRY_MS * 2 ** message.tries });
    wake();
  }

  function notice(now: number): void {
    const { webhookStatuses } = settings();
    for (const account of store.accounts()) {
      for (const tracking of account.order) {
        for (const sight of changes(store, tracking, now)) {
          if (webhookStatuses.length > 0 && !webhookStatuses.includes(sight.status.toLowerCase())) continue;
          const text = envelope(200, write(tracking, sight)).slice(0, -1);
          queue.push({ body: `${text},"verifyInfo":${phpJson(verifyInfo(settings(), now))}}`, tries: 0, due: now });
        }
      }
    }
  }

  function nextDue(now: number): number {
    const lookups = store
      .accounts()
      .flatMap((a) => a.order.map((t) => store.course(t).lookups.find((at) => at > now) ?? Infinity));
    return [...lookups, ...queue.map((m) => m.due)].reduce((a, b) => Math.min(a, b), Infinity);
  }

  function wake(): void {
    clearTimeout(timer);
    const { webhookUrl } = settings();
    if (webhookUrl === null || closing.signal.aborted) return;
    const now = clock.now();
    notice(now);
    const due = queue.filter((m) => m.due <= now);
    queue = queue.filter((m) => m.due > now);
    for (const message of due) void post(message, webhookUrl);
    const delay = clock.realDelay(nextDue(now));
    if (delay !== null && delay < Infinity) timer = setTimeout(wake, Math.min(delay + 1, LONGEST_TIMER_MS)).unref();
  }

  return {
    wake,
    restart() {
      for (const account of store.accounts()) for (const tracking of account.order) tracking.noticed = null;
      wake();
    },
    close() {
      clearTimeout(timer);
      closing.abort();
    },
  };
}

async function deliver(url: string, body: string, callback: boolean, closing: AbortSignal): Promise<boolean> {
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(POST_TIMEOUT_MS)]);
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      signal,
      redirect: 'manual',
    });
    const text = await reply.text();
    return reply.status === 200 && (!callback || text.trim() === '200');
  } catch {
    // Whatever went wrong on the way, the message has not arrived.
    return false;
  }
}
