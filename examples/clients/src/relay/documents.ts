// What Relay's compiler reads; it writes __generated__/. Under a bundler the plugin turns each tag into the import of its
// artifact, and this would stand beside the component. Without one the artifacts are imported by hand (../relay.ts), and
// this is never run.

import { graphql } from 'relay-runtime';

export const documents = () => [
  graphql`
    query documentsOneQuery($carrierCode: String!, $trackingNumber: String!) {
      tracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber) {
        id
        title
        status
      }
    }
  `,
  graphql`
    query documentsListQuery($count: Int!) {
      ...documents_list @arguments(count: $count)
    }
  `,
  graphql`
    fragment documents_list on Query
    @refetchable(queryName: "documentsListPaginationQuery")
    @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }) {
      trackings(first: $count, after: $cursor) @connection(key: "documents_trackings") {
        edges {
          node {
            id
            trackingNumber
          }
        }
      }
    }
  `,
  graphql`
    fragment documents_parcel on Tracking @refetchable(queryName: "documentsParcelRefetchQuery") {
      id
      title
    }
  `,
  graphql`
    mutation documentsCreateMutation($input: CreateTrackingInput!) {
      createTracking(input: $input) {
        __typename
        ... on CreateTrackingPayload {
          tracking {
            id
            title
          }
        }
        ... on TrackingAlreadyExistsError {
          message
          existing: tracking {
            title
          }
        }
      }
    }
  `,
  graphql`
    mutation documentsUpdateMutation($carrierCode: String!, $trackingNumber: String!, $input: UpdateTrackingInput!) {
      updateTracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber, input: $input) {
        __typename
        ... on UpdateTrackingPayload {
          tracking {
            id
            title
          }
        }
      }
    }
  `,
];
