/**
 * What all takes but the work itself: the product's HTTP, gate and limits with Apollo as set there, over
 * resolvers that answer constants. With a file as its argument mutations are flushed there.
 */
import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { Documents } from '../../src/api/documents.js';
import { Gate } from '../../src/api/gate/gate.js';
import { createGraphQL } from '../../src/api/graphql.js';
import { createHttpServer } from '../../src/api/http.js';
import { ANYBODY } from '../../src/schema/caller.js';
import type { Context } from '../../src/schema/context.js';
import { constants } from './constants.js';
import { listen, SCHEMA, type Root } from './serve.js';

const log = pino({ level: 'silent' });
const schema = answering(await constants(process.argv[2]));
const answerGraphQL = await createGraphQL(
  {
    schema,
    documents: new Documents({ schema, introspection: false, trusted: null }),
    // Constants ask nothing of the app.
    context: () => ({ caller: ANYBODY, commandId: null }) as Context,
    formatError: (formatted) => formatted,
    introspection: false,
  },
  log,
);
const { server } = createHttpServer({
  answerGraphQL,
  streams: { answer: () => Promise.resolve(), close: () => undefined },
  faults: () => [],
  pages: new Map(),
  gate: new Gate({ auth: null, operationsPerMinute: null, log }),
  origins: [],
  forLocalhost: true,
  log,
});
await listen(server);

function answering(root: Root): GraphQLSchema {
  const built = buildSchema(readFileSync(SCHEMA, 'utf8'));
  for (const type of [built.getQueryType(), built.getMutationType()]) {
    for (const [name, field] of Object.entries(type?.getFields() ?? {})) {
      const resolve = root[name];
      if (resolve !== undefined) field.resolve = () => resolve({} as never);
    }
  }
  return built;
}
