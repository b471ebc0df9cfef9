import type { CombinedError } from 'urql';

/** A fault in words, by its code: what people can do about it. */
const ADVICE: Readonly<Record<string, string>> = {
  RATE_LIMITED: 'The account is busy. Try again in a moment.',
  UPSTREAM_UNAVAILABLE: 'TrackRu does not answer at the moment.',
  UPSTREAM_TIMEOUT: 'TrackRu takes too long to answer.',
};

export function Problem({ error }: { readonly error: CombinedError }) {
  const [first] = error.graphQLErrors;
  const advice = ADVICE[String(first?.extensions.code)];
  return (
    <p role="alert" className="problem">
      {advice ?? first?.message ?? 'The server cannot be reached.'}
    </p>
  );
}
