// What four of the five clients ask. Relay's documents belong to its compiler: relay/.

import { graphql } from './graphql.ts';

export const One = graphql(`
  query One($carrierCode: String!, $trackingNumber: String!) {
    tracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber) {
      id
      title
      status
      latestEvent {
        occurredAt
        description
      }
    }
  }
`);

export const Page = graphql(`
  query Page($first: Int!, $after: String) {
    trackings(first: $first, after: $after) {
      nodes {
        id
        trackingNumber
        title
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const Create = graphql(`
  mutation Create($carrierCode: String!, $trackingNumber: String!, $title: String) {
    createTracking(input: { carrierCode: $carrierCode, trackingNumber: $trackingNumber, title: $title }) {
      __typename
      ... on CreateTrackingPayload {
        tracking {
          id
          title
          status
        }
      }
      ... on TrackingAlreadyExistsError {
        message
        # Under another name: here it may be null, above it never is.
        existing: tracking {
          id
          title
        }
      }
      ... on TrackingInputError {
        message
      }
    }
  }
`);

export const Update = graphql(`
  mutation Update($carrierCode: String!, $trackingNumber: String!, $title: String!) {
    updateTracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber, input: { title: $title }) {
      __typename
      ... on UpdateTrackingPayload {
        tracking {
          id
          title
        }
      }
      ... on TrackingNotFoundError {
        message
      }
      ... on TrackingInputError {
        message
      }
    }
  }
`);
