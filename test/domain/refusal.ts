import { InvalidInput } from '../../src/domain/errors.ts';

/** What is said of an argument that is refused. */
export function refusal(act: () => unknown): { argument: string; reason: string } | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { argument: error.argument, reason: error.reason };
  }
}
