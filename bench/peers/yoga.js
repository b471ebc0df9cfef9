// The baseline: graphql-yoga and Pothos with all defaults and a `fetch` for each look-up.

import { createServer } from 'node:http';
import SchemaBuilder from '@pothos/core';
import { createYoga } from 'graphql-yoga';
import { headers, pagePath, port, readPage, readSingle, singlePath, upstream } from './shape.js';

const get = async (path) => (await fetch(upstream + path, { headers })).json();

const builder = new SchemaBuilder({});
const event = builder.objectRef('TrackingEvent').implement({
  fields: (t) => ({
    occurredAt: t.exposeString('occurredAt'),
    description: t.exposeString('description'),
    location: t.exposeString('location', { nullable: true }),
    statusText: t.exposeString('statusText', { nullable: true }),
  }),
});
const customer = builder.objectRef('Customer').implement({
  fields: (t) => ({ name: t.exposeString('name', { nullable: true }), emails: t.exposeStringList('emails') }),
});
const leg = builder.objectRef('Leg').implement({
  fields: (t) => ({
    carrierCode: t.exposeString('carrierCode', { nullable: true }),
    phone: t.exposeString('phone', { nullable: true }),
    website: t.exposeString('website', { nullable: true }),
    events: t.expose('events', { type: [event] }),
  }),
});
const tracking = builder.objectRef('Tracking').implement({
  fields: (t) => ({
    trackingNumber: t.exposeString('trackingNumber'),
    carrierCode: t.exposeString('carrierCode'),
    statusText: t.exposeString('statusText'),
    title: t.exposeString('title', { nullable: true }),
    orderId: t.exposeString('orderId', { nullable: true }),
    updatedAt: t.exposeString('updatedAt', { nullable: true }),
    idleDays: t.exposeInt('idleDays', { nullable: true }),
    events: t.expose('events', { type: [event] }),
    customer: t.expose('customer', { type: customer }),
    origin: t.expose('origin', { type: leg, nullable: true }),
    destination: t.expose('destination', { type: leg, nullable: true }),
  }),
});
const page = builder.objectRef('TrackingPage').implement({
  fields: (t) => ({ totalCount: t.exposeInt('totalCount'), nodes: t.expose('nodes', { type: [tracking] }) }),
});
builder.queryType({
  fields: (t) => ({
    tracking: t.field({
      type: tracking,
      nullable: true,
      args: { carrierCode: t.arg.string({ required: true }), trackingNumber: t.arg.string({ required: true }) },
      resolve: async (_root, args) => readSingle(await get(singlePath(args.carrierCode, args.trackingNumber))),
    }),
    trackings: t.field({
      type: page,
      args: { first: t.arg.int({ defaultValue: 20 }), page: t.arg.int({ defaultValue: 1 }) },
      resolve: async (_root, args) => readPage(await get(pagePath(args.page, args.first))),
    }),
  }),
});

createServer(createYoga({ schema: builder.toSchema(), logging: false })).listen(port, '127.0.0.1');
