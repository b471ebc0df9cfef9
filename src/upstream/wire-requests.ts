// The facade's words written as the REST API wants them: bodies and queries with the parameter names of each endpoint,
// which differ for the same thing (upstream.md Q22). Member order is that of the documentation.

import type { TrackingKey } from '../domain/key.ts';
import type {
  ListFilter,
  Maybe,
  NewTracking,
  RealtimeQuestion,
  TimeRange,
  TrackingChanges,
} from '../domain/requests.ts';
import type { TrackingStatusOverride } from '../domain/tracking.ts';
import { STATUS_FILTER_WORDS } from './wire-legs.ts';

/** JSON without the members that are unset. */
function compact(members: Readonly<Record<string, Maybe<string | number>>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value]])),
  );
}

const orderTime = (local: Maybe<string>) => local?.slice(0, 16).replace('T', ' ');
const shipDate = (date: Maybe<string>) => date?.replaceAll('-', '');

function newTracking(input: NewTracking): Record<string, string | number> {
  return compact({
    tracking_number: input.trackingNumber.trim(),
    carrier_code: input.carrierCode.trim(),
    title: input.title,
    logistics_channel: input.logisticsChannel,
    customer_name: input.customerName,
    customer_email: input.customerEmail,
    customer_phone: input.customerPhone,
    order_id: input.orderId,
    order_create_time: orderTime(input.orderCreatedAt),
    destination_code: input.destinationCountryCode,
    tracking_ship_date: shipDate(input.shipDate),
    tracking_postal_code: input.postalCode,
    tracking_account_number: input.accountNumber,
    tracking_destination_country: input.specialDestination,
    lang: input.language,
    // 1 keeps the carrier as it was given (upstream.md §4.1).
    auto_correct: input.autoCorrectCarrier === true ? '0' : input.autoCorrectCarrier === false ? '1' : undefined,
    comment: input.comment,
  });
}

export const createBody = (input: NewTracking) => JSON.stringify(newTracking(input));
export const batchBody = (inputs: readonly NewTracking[]) => JSON.stringify(inputs.map(newTracking));

const STATUS_NUMBERS: Readonly<Record<TrackingStatusOverride, number>> = { DELIVERED: 4, EXCEPTION: 7, ORIGINAL: 8 };

/** A PUT body. `null` is sent as `""`, which clears; upstream ignores a JSON null (upstream.md §4.4). */
export function updateBody(changes: TrackingChanges): string {
  const clearing = (value: Maybe<string>) => (value === null ? '' : value);
  return JSON.stringify(
    compact({
      title: clearing(changes.title),
      logistics_channel: clearing(changes.logisticsChannel),
      customer_name: clearing(changes.customerName),
      customer_email: clearing(changes.customerEmail),
      customer_phone: clearing(changes.customerPhone),
      order_id: clearing(changes.orderId),
      destination_code: clearing(changes.destinationCountryCode),
      archived: changes.archived === null ? undefined : changes.archived?.toString(),
      status: changes.status ? STATUS_NUMBERS[changes.status] : undefined,
    }),
  );
}

export function realtimeBody(key: TrackingKey, question: RealtimeQuestion): string {
  return JSON.stringify(
    compact({
      tracking_number: key.trackingNumber,
      carrier_code: key.carrierCode,
      destination_code: question.destinationCountryCode,
      tracking_ship_date: shipDate(question.shipDate),
      tracking_postal_code: question.postalCode,
      tracking_account_number: question.accountNumber,
      specialNumberDestination: question.specialDestination,
      order: question.orderId,
      order_create_time: orderTime(question.orderCreatedAt),
      lang: question.language,
    }),
  );
}

export const detectBody = (trackingNumber: string) => JSON.stringify({ tracking_number: trackingNumber });

/** A list query. Bounds become whole seconds that lie inside the range. */
export function listQuery(
  filter: ListFilter,
  page: { readonly page: number; readonly limit: number },
): URLSearchParams {
  const range = (name: string, bounds: Maybe<TimeRange>) => ({
    [`${name}_min`]: bounds?.from == null ? undefined : Math.ceil(bounds.from / 1_000),
    [`${name}_max`]: bounds?.to == null ? undefined : Math.floor(bounds.to / 1_000),
  });
  const members = compact({
    page: page.page,
    limit: page.limit,
    status: filter.status ? STATUS_FILTER_WORDS.get(filter.status) : undefined,
    ...range('created_at', filter.createdAt),
    ...range('update_time', filter.updatedAt),
    ...range('order_created_time', filter.orderCreatedAt),
    numbers: filter.trackingNumbers?.join(','),
    orders: filter.orderIds?.join(','),
    archived: filter.archived?.toString(),
    lang: filter.language,
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) query.set(name, String(value));
  return query;
}
