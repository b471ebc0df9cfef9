// What the smaller sub-commands do, as functions of their inputs: `doctor` asks the upstream one question, `import`
// registers numbers from a file. cli.ts gives them their texts and prints what they say.

import type { Caller } from './domain/caller.ts';
import { Fault } from './domain/errors.ts';
import { pageWindow } from './domain/page.ts';
import type { NewTracking } from './domain/requests.ts';
import type { BatchItemOutcome, UpstreamClient } from './upstream/client.ts';

export interface CommandResult {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** One list call: is the upstream there, and does it take the key? */
export async function diagnose(upstream: UpstreamClient, caller: Caller): Promise<CommandResult> {
  try {
    const { total } = await upstream.list({}, pageWindow(0, 1), caller);
    return { ok: true, lines: [`upstream: answers, and takes the key; the account has ${total} trackings`] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, lines: [`upstream: ${error.code}: ${error.message}`] };
  }
}

/** The columns an import file may have, in any order, named by its first line. */
const COLUMNS = [
  'carrierCode',
  'trackingNumber',
  'title',
  'orderId',
  'customerName',
  'customerEmail',
  'comment',
] as const;
type Column = (typeof COLUMNS)[number];
const isColumn = (name: string): name is Column => COLUMNS.some((column) => column === name);

/**
 * Rows of a comma, semicolon or tab separated file. The first line names the columns; without one the two columns are
 * carrier code and tracking number. Quotes are not understood: a file with quotes is refused rather than misread.
 */
export function parseImport(text: string): {
  readonly rows: readonly NewTracking[];
  readonly problems: readonly string[];
} {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const cells = (line: string) => line.split(/[,;\t]/).map((cell) => cell.trim());
  const head = cells(lines[0] ?? '');
  const named = head.some(isColumn);
  const columns = named ? head : ['carrierCode', 'trackingNumber'];
  const problems: string[] = columns
    .filter((column) => !isColumn(column))
    .map((column) => `unknown column "${column}"; known: ${COLUMNS.join(', ')}`);
  const rows: NewTracking[] = [];
  lines.forEach((line, index) => {
    if (named && index === 0) return;
    const values = cells(line);
    const row: Partial<Record<string, string>> = Object.fromEntries(
      columns.map((column, at) => [column, values[at] ?? '']),
    );
    const { carrierCode, trackingNumber } = row;
    if (line.includes('"')) problems.push(`line ${index + 1}: quotes are not understood`);
    else if (values.length > columns.length)
      problems.push(`line ${index + 1}: ${values.length} cells for ${columns.length} columns`);
    else if (!carrierCode || !trackingNumber)
      problems.push(`line ${index + 1}: needs a carrier code and a tracking number`);
    else rows.push({ ...row, carrierCode, trackingNumber });
  });
  if (rows.length === 0 && problems.length === 0) problems.push('the file holds no rows');
  return { rows, problems };
}

/** The most rows in one go, so that each chunk has its own deadline. */
const CHUNK = 400;

/** Registers the rows; says what became of each that was not created. */
export async function importRows(
  upstream: UpstreamClient,
  rows: readonly NewTracking[],
  caller: () => Caller,
): Promise<CommandResult> {
  const lines: string[] = [];
  let created = 0;
  let existing = 0;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK);
    const outcomes = await upstream.createMany(chunk, caller());
    outcomes.forEach((outcome, index) => {
      if (outcome.kind === 'created') created += 1;
      else if (outcome.kind === 'exists') existing += 1;
      else lines.push(`${chunk[index]?.carrierCode} ${chunk[index]?.trackingNumber}: ${whyNot(outcome)}`);
    });
  }
  const failed = lines.length;
  lines.push(`${created} created, ${existing} there already, ${failed} failed`);
  return { ok: failed === 0, lines };
}

function whyNot(outcome: Exclude<BatchItemOutcome, { kind: 'created' | 'exists' }>): string {
  switch (outcome.kind) {
    case 'invalid':
      return `refused by the upstream (${outcome.reason.toLowerCase().replace('_', ' ')})`;
    case 'quota':
      return 'the quota of the account is used up';
    case 'failed':
      return `${outcome.fault.code}: ${outcome.fault.message}`;
  }
}
