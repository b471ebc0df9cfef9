// One parcel: what is known of it, and its two legs as a timeline.

import { useQuery } from 'urql';
import { type FragmentOf, readFragment } from 'gql.tada';
import { graphql, words } from './graphql.ts';
import { Problem } from './Problem.tsx';

const Leg = graphql(`
  fragment Leg on TrackingLeg {
    kind
    carrierCode
    carrier {
      name
    }
    phone
    website
    events {
      occurredAt
      description
      location
    }
  }
`);

const One = graphql(
  `
    query One($carrierCode: String!, $trackingNumber: String!) {
      tracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber) {
        id
        trackingNumber
        title
        status
        statusText
        transitDays
        fetchedAt
        carrier {
          name
        }
        originCountry {
          name
        }
        customer {
          name
        }
        origin {
          ...Leg
        }
        destination {
          ...Leg
        }
      }
    }
  `,
  [Leg],
);

function Timeline({ of }: { readonly of: FragmentOf<typeof Leg> }) {
  const leg = readFragment(Leg, of);
  return (
    <section className="leg" aria-label={leg.kind === 'ORIGIN' ? 'First carrier' : 'Second carrier'}>
      <h3>
        {leg.kind === 'ORIGIN' ? 'First carrier' : 'Second carrier'}:{' '}
        {leg.carrier?.name ?? leg.carrierCode ?? 'not told'}
      </h3>
      <p>
        {leg.website && (
          <a href={leg.website} rel="noreferrer">
            {new URL(leg.website).host}
          </a>
        )}{' '}
        {leg.phone}
      </p>
      {leg.events.length === 0 && <p>Nothing yet.</p>}
      <ol>
        {leg.events.map((event, index) => (
          <li key={index}>
            <time dateTime={event.occurredAt}>{event.occurredAt.slice(0, 16).replace('T', ' ')}</time>
            <b>{event.description}</b>
            {event.location && <small>{event.location}</small>}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Parcel(key: { readonly carrierCode: string; readonly trackingNumber: string }) {
  const [{ data, error, fetching }] = useQuery({ query: One, variables: key });
  const parcel = data?.tracking;
  return (
    <aside aria-label="Parcel" aria-busy={fetching}>
      <h2>{key.trackingNumber}</h2>
      {error && <Problem error={error} />}
      {fetching && <p role="status">Loading …</p>}
      {parcel === null && !fetching && <p>It is not registered any more.</p>}
      {parcel && (
        <>
          <dl>
            <dt>Status</dt>
            <dd>
              {words(parcel.status)} <small>{parcel.statusText}</small>
            </dd>
            <dt>Carrier</dt>
            <dd>{parcel.carrier?.name ?? key.carrierCode}</dd>
            <dt>Title</dt>
            <dd>{parcel.title ?? '–'}</dd>
            <dt>For</dt>
            <dd>{parcel.customer?.name ?? '–'}</dd>
            <dt>From</dt>
            <dd>{parcel.originCountry?.name ?? '–'}</dd>
            <dt>Days</dt>
            <dd>{parcel.transitDays ?? '–'}</dd>
          </dl>
          {parcel.destination && <Timeline of={parcel.destination} />}
          {parcel.origin && <Timeline of={parcel.origin} />}
        </>
      )}
    </aside>
  );
}
