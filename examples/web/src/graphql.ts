import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

/** Documents with the types of the schema. All scalars are text. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    CountryCode: string;
    Date: string;
    DateTime: string;
    EmailAddress: string;
    LocalDateTime: string;
    URL: string;
  };
}>();

export type Status = ReturnType<typeof graphql.scalar<'TrackingStatus'>>;

/** In the order of a parcel's life. */
export const STATUSES: readonly Status[] = [
  'PENDING',
  'INFO_RECEIVED',
  'IN_TRANSIT',
  'PICKUP',
  'DELIVERED',
  'UNDELIVERED',
  'EXCEPTION',
  'NOT_FOUND',
  'EXPIRED',
];

/** `IN_TRANSIT` as people write it. */
export const words = (name: string) => name.charAt(0) + name.slice(1).toLowerCase().replaceAll('_', ' ');
