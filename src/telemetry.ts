// The verbs other rooms use to be heard. Knows pino and nothing of what is said through it.

import { pino } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** An allow-list by type: values are short and plain, so no object with a key or a customer in it slips through. */
export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

export interface Telemetry {
  /** One structured line. Of `cause` only what identifies it is kept, see `describeCause`. */
  log(level: LogLevel, message: string, fields?: LogFields, cause?: unknown): void;
  /** Is anything of this level written? For lines whose fields cost something to gather. */
  hears(level: LogLevel): boolean;
}

// Messages of foreign errors may quote addresses, headers or bodies, so names, codes and places are kept and the
// message is not.
function describeCause(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return cause === undefined ? {} : { cause: typeof cause };
  const code =
    'code' in cause && (typeof cause.code === 'string' || typeof cause.code === 'number') ? cause.code : null;
  const frames = cause.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return { cause: cause.name, causeCode: code, causeAt: frames?.slice(0, 5).map((line) => line.trim()) };
}

/** Writes JSON lines to `destination`; default standard error, so that standard output stays the banner's. */
export function createTelemetry(options: {
  readonly level: string;
  readonly destination?: { write(line: string): void } | undefined;
}): Telemetry {
  const logger = pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    options.destination ?? pino.destination({ dest: 2, sync: true }),
  );
  return {
    log: (level, message, fields = {}, cause = undefined) =>
      logger[level]({ ...fields, ...describeCause(cause) }, message),
    hears: (level) => logger.isLevelEnabled(level),
  };
}

/** Says nothing. */
export function silentTelemetry(): Telemetry {
  return { log: () => {}, hears: () => false };
}
