// Apollo Server, standalone, with its REST data source: one for each request, as its documentation has it.

import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { headers, pagePath, port, readPage, readSingle, singlePath, typeDefs, upstream } from './shape.js';

class Trackings extends RESTDataSource {
  baseURL = `${upstream}/`;
  one(carrierCode, trackingNumber) {
    return this.get(singlePath(carrierCode, trackingNumber).slice(1), { headers });
  }
  page(page, first) {
    return this.get(pagePath(page, first).slice(1), { headers });
  }
}

const resolvers = {
  Query: {
    tracking: async (_root, args, { source }) => readSingle(await source.one(args.carrierCode, args.trackingNumber)),
    trackings: async (_root, args, { source }) => readPage(await source.page(args.page, args.first)),
  },
};

const server = new ApolloServer({ typeDefs, resolvers });
await startStandaloneServer(server, {
  listen: { port, host: '127.0.0.1' },
  context: async () => ({ source: new Trackings() }),
});
