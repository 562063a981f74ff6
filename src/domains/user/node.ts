import { z } from 'zod';
import { positionOf } from '../../core/event.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { Moment } from '../../core/moment.js';
import { parseTimestamp } from '../../core/time.js';
import type { App } from '../../engine/app.js';
import { readEvents, replay, resolveVersion } from '../../engine/replay.js';
import { diffBetween } from '../../engine/history.js';
import { factOf, type NodeQuery } from '../../schema/domain.js';
import { userAggregate } from './aggregate.js';
import { toUser, usersProjection, type User } from './projection.js';

function query<Params>(
  shape: z.ZodType<Params>,
  answer: (app: App, params: Params) => Promise<JsonValue>,
): NodeQuery {
  return (app, params) => answer(app, shape.parse(params));
}

const userId = z.string();
/** Whether an answer carries version, createdAt and updatedAt too. */
const meta = z.boolean().default(false);
const timestamp = z.string().transform((given, context) => {
  const at = parseTimestamp(given);
  if (at !== undefined) return { given, at };
  context.addIssue('must be an RFC 3339 date-time with an offset');
  return z.NEVER;
});

const count = z.int().nonnegative();
const moment = z
  .union(
    [
      z.strictObject({ timestamp: timestamp.transform(({ at }) => at) }),
      z.strictObject({ version: count }),
      z.strictObject({ position: count.transform(positionOf) }),
    ],
    'must be one of timestamp, version and position',
  )
  .transform((given): Moment => ('timestamp' in given ? { at: given.timestamp } : given));

export const userQueries = {
  GetUser: query(z.object({ userId, meta }), async ({ projector }, params) => {
    const row = await projector.model(usersProjection).get(params.userId);
    return row === undefined ? null : describe(toUser(row), params.meta);
  }),

  GetUserAtTime: query(z.object({ userId, timestamp, meta }), async (app, params) => {
    const { at, given } = params.timestamp;
    const revision = await replay(app, userAggregate, params.userId, { at });
    if (revision === undefined) return null;
    return describe(toUser(revision), params.meta, { at_time: given });
  }),

  GetUserAtVersion: query(z.object({ userId, version: count, meta }), async (app, params) => {
    const revision = await replay(app, userAggregate, params.userId, { version: params.version });
    if (revision === undefined) return null;
    return describe(toUser(revision), params.meta, { at_version: params.version });
  }),

  /** The fields that differ between two moments; `to` is now when left out. */
  GetUserDiff: query(
    z.object({ userId, from: moment, to: moment.nullish() }),
    async (app, { userId: id, from, to }) => {
      const stream = { type: userAggregate.type, id };
      const now = await app.store.versionAt(stream);
      if (now === 0) return null;
      const first = await resolveVersion(app.store, stream, from);
      const last = to ? await resolveVersion(app.store, stream, to) : now;
      const changes = await diffBetween(app, userAggregate, id, first, last);
      return changes.map((change) => ({ ...change }));
    },
  ),

  /** In the order of their creation; `after` is the id of the last one seen. */
  ListUsers: query(
    z.object({ meta, first: z.int().nonnegative().optional(), after: userId.optional() }),
    async ({ projector }, { first, after, ...params }) => {
      const model = projector.model(usersProjection);
      const last = after === undefined ? undefined : await model.get(after);
      if (after !== undefined && last === undefined) throw unknownAfter(after);
      const rows = await model.list({
        where: [],
        orderBy: 'createdAt',
        descending: false,
        after: last === undefined ? undefined : [last.createdPosition, last.id],
        backwards: false,
        limit: first ?? Number.MAX_SAFE_INTEGER,
      });
      return rows.map((row) => describe(toUser(row), params.meta));
    },
  ),

  GetUserHistory: query(z.object({ userId }), async (app, params) => {
    const events = await readEvents(app, userAggregate, params.userId);
    return events.map(factOf);
  }),
};

const unknownAfter = (input: string): z.ZodError =>
  new z.ZodError([{ code: 'custom', path: ['after'], message: 'there is no such user', input }]);

/** What is usual is left out: no `email` where there is none, no `status` but "deactivated". */
function describe(user: User, withMeta: boolean, more: JsonObject = {}): JsonObject {
  const { id, name, email, status, version, createdAt, updatedAt } = user;
  return {
    id,
    name,
    ...(email === null ? {} : { email }),
    ...(status === 'active' ? {} : { status }),
    ...more,
    ...(withMeta ? { version, createdAt, updatedAt } : {}),
  };
}
