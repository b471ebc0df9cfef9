// Loaded into the facade by soak.ts (`node --expose-gc --import`): every BENCH_PROBE_MS it collects garbage and appends
// its memory to the file BENCH_PROBE, a JSON line each. What is left after a collection is what is held.

import { appendFileSync } from 'node:fs';

const { BENCH_PROBE = '', BENCH_PROBE_MS = '5000' } = process.env;

setInterval(() => {
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  appendFileSync(BENCH_PROBE, `${JSON.stringify({ at: Date.now(), heapUsed, rss, external })}\n`);
}, Number(BENCH_PROBE_MS)).unref();
