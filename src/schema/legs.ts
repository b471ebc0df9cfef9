// The two parts of a parcel's way and what their carriers logged. Everything here is read with its tracking.

import type { TrackingLeg } from '../domain/tracking.ts';
import type { Builder } from './builder.ts';
import type { Enums } from './enums.ts';

/** A parcel's log as the sandbox and the documents have it; a few have a hundred entries. */
export const USUAL_EVENTS = 12;

export function addLegs(builder: Builder, enums: Enums): void {
  addEvent(builder, enums);
  addLeg(builder, enums);
}

function addEvent(builder: Builder, enums: Enums): void {
  builder.objectType('TrackingEvent', {
    description: 'One entry of a carrier’s log. Entries without a readable time are left out.',
    fields: (t) => ({
      occurredAt: t.expose('occurredAt', {
        type: 'LocalDateTime',
        nullable: false,
        description:
          'Wall clock at the place of the event; may lie after `Tracking.updatedAt`. `00:00:00` where only the day is known.',
      }),
      description: t.exposeString('description', {
        nullable: false,
        description: 'The carrier’s text, in the language fixed at creation. Show it as text: it is not safe as HTML.',
      }),
      location: t.exposeString('location', {
        nullable: true,
        description: 'The place as the carrier writes it. null: not told.',
      }),
      status: t.expose('status', {
        type: enums.status,
        nullable: true,
        description: 'null: the carrier’s entry has none.',
      }),
      statusText: t.exposeString('statusText', {
        nullable: true,
        description: 'The upstream’s own word for `status`.',
      }),
      substatus: t.expose('substatus', {
        type: enums.substatus,
        nullable: true,
        description: 'May disagree with `status`: both are reported as they come.',
      }),
      substatusCode: t.exposeString('substatusCode', {
        nullable: true,
        description: 'The upstream’s code for `substatus`.',
      }),
      leg: t.expose('leg', { type: enums.legKind, nullable: false, description: 'Whose log this entry is from.' }),
    }),
  });
}

const MILESTONES = {
  receivedAt: 'The parcel was accepted.',
  dispatchedAt: 'It left the office of posting.',
  departedAt: 'It left the airport.',
  arrivedAbroadAt: 'It arrived from abroad.',
  clearedCustomsAt: 'Customs let it go.',
  arrivedAt: 'It reached the office of its destination.',
} as const satisfies Partial<Record<keyof TrackingLeg, string>>;

function addLeg(builder: Builder, enums: Enums): void {
  builder.objectType('TrackingLeg', {
    description:
      'One carrier’s part of a parcel’s way. Milestones are null until they are reached, and often for good.',
    fields: (t) => {
      const milestone = (name: keyof typeof MILESTONES) =>
        t.expose(name, {
          type: 'LocalDateTime',
          nullable: true,
          description: `${MILESTONES[name]} Wall clock at the place.`,
        });
      return {
        kind: t.expose('kind', { type: enums.legKind, nullable: false, description: 'Which of the two legs this is.' }),
        carrierCode: t.exposeString('carrierCode', { nullable: true, description: 'null: the upstream does not say.' }),
        carrier: t.field({
          type: 'Carrier',
          description: 'From the carrier list. null: not told, or not listed.',
          resolve: (leg, _args, { loaders }) => (leg.carrierCode === null ? null : loaders.carrier(leg.carrierCode)),
        }),
        phone: t.exposeString('phone', { nullable: true, description: 'The carrier’s hotline, as printed.' }),
        website: t.expose('website', {
          type: 'URL',
          nullable: true,
          description: 'The carrier’s page. null: none, or no web address.',
        }),
        referenceNumber: t.exposeString('referenceNumber', {
          nullable: true,
          description: 'The carrier’s second number for the parcel.',
        }),
        receivedAt: milestone('receivedAt'),
        dispatchedAt: milestone('dispatchedAt'),
        departedAt: milestone('departedAt'),
        arrivedAbroadAt: milestone('arrivedAbroadAt'),
        clearedCustomsAt: milestone('clearedCustomsAt'),
        arrivedAt: milestone('arrivedAt'),
        events: t.expose('events', {
          type: ['TrackingEvent'],
          nullable: false,
          description: 'This carrier’s log, newest first.',
          listSize: { assumedSize: USUAL_EVENTS },
        }),
      };
    },
  });
}
