// GraphiQL from the installed package, without a CDN: it works on a machine that reaches nothing else. Opens with
// worked examples in tabs; with the sandbox as upstream they show its demo account.

import type { GraphiQLOptions } from 'graphql-yoga';

const EXAMPLES: readonly { readonly query: string; readonly variables?: object }[] = [
  {
    query: `# Welcome! Press the triangle.
# A page costs one upstream call.
query NewestTrackings {
  trackings(first: 10) {
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
        location
      }
    }
    pageInfo {
      hasNextPage
      endCursor # the next page's \`after\`
    }
  }
}
`,
  },
  {
    query: `# One parcel, both carriers' logs merged.
query OneTracking($carrierCode: String!, $trackingNumber: String!) {
  tracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber) {
    id
    status
    statusText
    title
    carrier {
      name
      website
    }
    originCountry {
      code
      name
    }
    destinationCountry {
      code
      name
    }
    transitDays
    events(first: 10) {
      occurredAt
      description
      location
      status
      leg
    }
    fetchedAt
  }
}
`,
    variables: { carrierCode: 'sto', trackingNumber: '402934299065' },
  },
  {
    query: `# Look-ups share upstream calls:
# these three cost one.
query ThreeAtOnce {
  a: tracking(carrierCode: "sto", trackingNumber: "402934299065") { ...card }
  b: tracking(carrierCode: "china-post", trackingNumber: "LX123456785CN") { ...card }
  c: tracking(carrierCode: "cdek", trackingNumber: "0000000000") { ...card } # not there: null
}

fragment card on Tracking {
  trackingNumber
  status
  updatedAt
}
`,
  },
  {
    query: `# Expected failures are types:
# run this twice.
mutation Register($input: CreateTrackingInput!) {
  createTracking(input: $input) {
    __typename
    ... on CreateTrackingPayload {
      tracking {
        id
        status
        createdAt
      }
    }
    ... on TrackingAlreadyExistsError {
      message
      existing: tracking {
        id
        status
      }
    }
    ... on TrackingError {
      code
      message
    }
  }
}
`,
    variables: {
      input: { carrierCode: 'cdek', trackingNumber: '1234509876', title: 'Winter boots', orderId: '#1001' },
    },
  },
  {
    query: `# Ask the carrier now; registers
# a number that is new.
query AskCarrier {
  realtime(carrierCode: "russian-post", trackingNumber: "RA123456785RU") {
    status
    latestEvent {
      occurredAt
      description
      location
    }
    fetchedAt
  }
}
`,
  },
];

export const GRAPHIQL: GraphiQLOptions = {
  title: 'trackru-graphql',
  defaultTabs: EXAMPLES.map(({ query, variables }) => ({
    query,
    variables: variables ? JSON.stringify(variables, null, 2) : null,
  })),
};

/** Loads the page's 9 MB on the first visit, not at start. */
export async function renderGraphiQL(options: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL: render } = await import('@graphql-yoga/render-graphiql');
  return render(options);
}
