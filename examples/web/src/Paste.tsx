// New parcels from a pasted column: a line each, `number` or `carrier number`. Every line gets its own result.

import { useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from './graphql.ts';
import { Problem } from './Problem.tsx';

const Add = graphql(`
  mutation Add($input: [CreateTrackingInput!]!) {
    batchCreateTrackings(input: $input) {
      createdCount
      failedCount
      results {
        __typename
        ... on CreateTrackingPayload {
          tracking {
            id
          }
        }
        ... on TrackingError {
          message
        }
      }
    }
  }
`);

/** The lines of a column, as spreadsheets give them. */
function read(text: string, carrier: string) {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/[\s;,]+/))
    .filter(([first]) => first)
    .map(([first = '', second]) =>
      second === undefined
        ? { carrierCode: carrier, trackingNumber: first }
        : { carrierCode: first, trackingNumber: second },
    );
}

const OUTCOMES: Readonly<Record<string, string>> = {
  CreateTrackingPayload: 'added',
  TrackingAlreadyExistsError: 'already there',
};

export function Paste({ onAdded }: { readonly onAdded: () => void }) {
  const [text, setText] = useState('');
  const [carrier, setCarrier] = useState('cdek');
  const [sent, setSent] = useState<ReturnType<typeof read>>([]);
  const [{ data, error, fetching }, add] = useMutation(Add);
  const lines = read(text, carrier);
  const results = data?.batchCreateTrackings;

  return (
    <aside aria-label="Add numbers">
      <h2>Add numbers</h2>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          setSent(lines);
          const { data: answer } = await add({ input: lines });
          if (answer && answer.batchCreateTrackings.createdCount > 0) onAdded();
        }}
      >
        <label>
          Carrier, where a line has none
          <input value={carrier} onChange={({ target }) => setCarrier(target.value)} />
        </label>
        <label>
          A column of numbers
          <textarea
            rows={10}
            value={text}
            placeholder={'CD123456789\nups 1Z999AA10123456784'}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <button type="submit" disabled={fetching || lines.length === 0 || lines.length > 400}>
          {fetching ? 'Adding …' : `Add ${lines.length}`}
        </button>
        {lines.length > 400 && <p role="alert">At most 400 at once.</p>}
      </form>
      {error && <Problem error={error} />}
      {results && (
        <>
          <p role="status">
            {results.createdCount} added, {results.failedCount} not.
          </p>
          <table aria-label="Results">
            <tbody>
              {results.results
                .map((result, index) => ({ result, line: sent[index] }))
                .toSorted((a, b) => Number('tracking' in a.result) - Number('tracking' in b.result))
                .map(({ result, line }, index) => (
                  <tr key={index} className={'message' in result ? 'problem' : ''}>
                    <td>
                      {line?.carrierCode} {line?.trackingNumber}
                    </td>
                    <td>
                      {OUTCOMES[result.__typename] ?? 'refused'}
                      {'message' in result && <small>{result.message}</small>}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </>
      )}
    </aside>
  );
}
