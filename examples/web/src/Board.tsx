// The page: filters, the list page by page, and beside it one parcel or the form for new ones.

import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql, type Status, STATUSES, words } from './graphql.ts';
import { Parcel } from './Parcel.tsx';
import { Paste } from './Paste.tsx';
import { Problem } from './Problem.tsx';

const List = graphql(`
  query List($after: String, $filter: TrackingFilter) {
    trackings(first: 20, after: $after, filter: $filter) {
      totalCount
      nodes {
        id
        carrierCode
        trackingNumber
        title
        status
        latestEvent {
          occurredAt
          description
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Shown = 'paste' | { readonly id: string; readonly carrierCode: string; readonly trackingNumber: string };

export function Board() {
  const [status, setStatus] = useState<Status | ''>('');
  const [number, setNumber] = useState('');
  const [archived, setArchived] = useState(false);
  // Cursors of the pages behind this one: going back is asking for them again.
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [shown, setShown] = useState<Shown>('paste');

  const trackingNumbers = number === '' ? null : [number];
  const filter = { status: status || null, archived, trackingNumbers };
  const [{ data, error, fetching }, again] = useQuery({
    query: List,
    variables: { after: cursors.at(-1) ?? null, filter },
    // Also from the cache at once, and then as it is now: trackings change by themselves.
    requestPolicy: 'cache-and-network',
  });
  const page = data?.trackings;
  const fromStart = () => setCursors([null]);
  // On Enter, not on every key: a list call is one a second for the whole account.
  const find = (text: unknown) => {
    const wanted = String(text ?? '').trim();
    if (wanted === number) return;
    setNumber(wanted);
    fromStart();
  };

  return (
    <main>
      <section aria-label="Parcels">
        <header>
          <h1>Tracking board</h1>
          <button type="button" onClick={() => setShown('paste')}>
            Add numbers
          </button>
        </header>
        <form
          className="filters"
          onSubmit={(event) => {
            event.preventDefault();
            find(new FormData(event.currentTarget).get('number'));
          }}
        >
          <label>
            Status
            <select
              value={status}
              onChange={({ target }) => {
                setStatus(STATUSES.find((each) => each === target.value) ?? '');
                fromStart();
              }}
            >
              <option value="">All</option>
              {STATUSES.map((each) => (
                <option key={each} value={each}>
                  {words(each)}
                </option>
              ))}
            </select>
          </label>
          <label>
            Number
            <input
              name="number"
              type="search"
              placeholder="whole number, Enter"
              onBlur={({ target }) => find(target.value)}
              onInput={({ currentTarget }) => currentTarget.value === '' && find('')}
            />
          </label>
          <label>
            <input
              type="checkbox"
              checked={archived}
              onChange={({ target }) => {
                setArchived(target.checked);
                fromStart();
              }}
            />
            Archived
          </label>
        </form>
        {error && <Problem error={error} />}
        <table aria-busy={fetching}>
          <thead>
            <tr>
              <th>Parcel</th>
              <th>Status</th>
              <th>Latest</th>
            </tr>
          </thead>
          <tbody>
            {page?.nodes.map((parcel) => (
              <tr key={parcel.id}>
                <td>
                  <button type="button" className="link" onClick={() => setShown(parcel)}>
                    {parcel.trackingNumber}
                  </button>
                  <small>
                    {parcel.carrierCode}
                    {parcel.title && ` · ${parcel.title}`}
                  </small>
                </td>
                <td>
                  <span className={`status ${parcel.status.toLowerCase()}`}>{words(parcel.status)}</span>
                </td>
                <td>
                  {parcel.latestEvent?.description ?? '–'}
                  <small>{parcel.latestEvent?.occurredAt.replace('T', ' ')}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {page?.nodes.length === 0 && <p>No parcel is like that.</p>}
        {!page && fetching && <p role="status">Loading …</p>}
        <nav aria-label="Pages">
          <button type="button" disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))}>
            Newer
          </button>
          <span>
            Page {cursors.length}, {page?.totalCount ?? '…'} {page?.totalCount === 1 ? 'parcel' : 'parcels'}
          </span>
          <button
            type="button"
            disabled={fetching || !page?.pageInfo.hasNextPage}
            onClick={() => setCursors([...cursors, page?.pageInfo.endCursor ?? null])}
          >
            Older
          </button>
        </nav>
      </section>
      {shown === 'paste' ? (
        <Paste onAdded={() => again({ requestPolicy: 'network-only' })} />
      ) : (
        <Parcel key={shown.id} carrierCode={shown.carrierCode} trackingNumber={shown.trackingNumber} />
      )}
    </main>
  );
}
