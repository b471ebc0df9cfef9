// One table for a whole run: as `globalSetup` of vitest it makes the rows of all files meet in one file and prints them
// when the last test has ended.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RowFigures, tableText } from '../support/invariants.ts';

/** Called by vitest before the first file. What it returns is called after the last. */
export function setup(): () => void {
  const file = join(tmpdir(), `trackru-faults-${process.pid}.jsonl`);
  rmSync(file, { force: true });
  process.env.FAULT_TABLE = file;
  return () => {
    if (!existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    process.stdout.write(`\n${tableText(lines.map((line) => JSON.parse(line) as RowFigures))}`);
    rmSync(file, { force: true });
  };
}
