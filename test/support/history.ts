// What clients did and were told, against what the upstream did: acknowledged means exactly one effect, rejected none,
// unknown at most one. One line of JSON an operation, so that a broken run can be looked at with any tool.

/** What a client may conclude from its answer. */
export type Outcome = 'acknowledged' | 'rejected' | 'unknown';

export interface HistoryEntry {
  readonly op: 'read' | 'create' | 'update' | 'delete';
  readonly key: string;
  readonly client: number;
  /** Milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly outcome: Outcome;
  /** The title written, or the one read; null: there was no such tracking. */
  readonly title?: string | null;
  /** Why: `EXISTS`, `MISSING`, or the code of a fault. */
  readonly why?: string;
}

export interface HistoryEffect {
  readonly kind: string;
  readonly trackingNumber: string;
}

export interface HistoryFacts {
  readonly effects: readonly HistoryEffect[];
  /** The title of everything there is in the end. */
  readonly final: ReadonlyMap<string, string>;
  /** Keys that only one client writes, one write after the other: what they hold can be followed step by step. */
  readonly owned: (key: string) => boolean;
}

export interface HistoryReport {
  /** Effects that nobody was told of, or that were had twice. */
  readonly duplicates: readonly string[];
  /** Acknowledged writes without an effect, or gone again. */
  readonly lost: readonly string[];
  /** Reads that show what their own client has overwritten, or what was never written there. */
  readonly wrongReads: readonly string[];
}

/** Entries as lines of JSON. */
export const jsonl = (entries: readonly HistoryEntry[]) =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

const byKey = <T>(items: readonly T[], keyOf: (item: T) => string) => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

/** Judges a history. Keys begin absent. */
export function checkHistory(entries: readonly HistoryEntry[], facts: HistoryFacts): HistoryReport {
  const report = { duplicates: [] as string[], lost: [] as string[], wrongReads: [] as string[] };
  const effects = byKey(facts.effects, (effect) => effect.trackingNumber);
  for (const [key, mine] of byKey(entries, (entry) => entry.key)) {
    const writes = mine.filter((entry) => entry.op !== 'read');
    count(key, writes, effects.get(key) ?? [], report);
    if (facts.owned(key)) follow(key, mine, facts.final.get(key) ?? null, report);
    const written = new Set([null, ...writes.map((entry) => entry.title)]);
    for (const { op, outcome, title, client } of mine) {
      if (op === 'read' && outcome === 'acknowledged' && !written.has(title)) {
        report.wrongReads.push(`${key}: client ${client} read "${title}", which nobody wrote there`);
      }
    }
  }
  for (const key of effects.keys()) {
    if (!entries.some((entry) => entry.key === key))
      report.duplicates.push(`${key}: has effects that nobody asked for`);
  }
  return report;
}

type Draft = { readonly duplicates: string[]; readonly lost: string[]; readonly wrongReads: string[] };

const EFFECTS = { create: 'created', update: 'updated', delete: 'deleted' } as const;

/** By numbers alone: holds whoever wrote, in whatever order. */
function count(key: string, writes: readonly HistoryEntry[], effects: readonly HistoryEffect[], report: Draft): void {
  for (const op of ['create', 'update', 'delete'] as const) {
    const done = effects.filter((effect) => effect.kind === EFFECTS[op]).length;
    const told = (outcome: Outcome) => writes.filter((write) => write.op === op && write.outcome === outcome).length;
    const claimed = told('acknowledged');
    // An update has the same effect twice and may be sent twice (upstream.md §14.2).
    const most = (claimed + told('unknown')) * (op === 'update' ? 2 : 1);
    // A repeated delete that finds nothing is acknowledged (§14.2), also where there was nothing before: what it
    // promises, absence, is checked step by step.
    const least = op === 'delete' ? 0 : claimed;
    if (done < least) report.lost.push(`${key}: ${least} times told "${EFFECTS[op]}", done ${done} times`);
    if (done > most)
      report.duplicates.push(`${key}: ${EFFECTS[op]} ${done} times, at most ${most} asked for and told of`);
  }
}

/** Step by step: `state` is the title it must have now, null for absent, undefined since an unknown outcome. */
function follow(key: string, entries: readonly HistoryEntry[], final: string | null, report: Draft): void {
  let state: string | null | undefined = null;
  let lastWriter = -1;
  for (const entry of entries.toSorted((a, b) => a.end - b.end)) {
    const { op, outcome, title = null, why, client } = entry;
    if (op !== 'read') lastWriter = client;
    if (state === undefined) continue;
    if (op === 'read') {
      // Others may be shown what was; who wrote is shown what they wrote.
      if (client === lastWriter && outcome === 'acknowledged' && title !== state) {
        report.wrongReads.push(`${key}: its writer reads "${title}" after "${state}"`);
      }
    } else if (outcome === 'unknown') state = undefined;
    else if (outcome === 'acknowledged') {
      if (op === 'create' && state !== null) report.duplicates.push(`${key}: created while there`);
      if (op === 'update' && state === null) report.lost.push(`${key}: updated while absent`);
      state = op === 'delete' ? null : title;
    } else if (why === 'EXISTS' && state === null) report.duplicates.push(`${key}: is there although nobody was told`);
    else if (why === 'MISSING' && state !== null) report.lost.push(`${key}: "${state}" is gone`);
  }
  if (state !== undefined && state !== final) report.lost.push(`${key}: "${state}" in the end is "${final}"`);
}

/** A generator of numbers from 0 to 1 that a seed repeats (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
