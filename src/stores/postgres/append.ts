import { positionOf, type Version } from '../../core/event.js';
import type { Appended, Commit, NewEvent } from '../../core/event-store.js';
import { timestampOf, type Timestamp } from '../../core/time.js';
import { lastOf, record, type Before } from '../record.js';
import type { Sql } from './database.js';

/** A commit with the data of its events as text: the caller's objects are of no further concern. */
export interface Written extends Omit<Commit, 'events'> {
  readonly events: readonly (Omit<NewEvent, 'data'> & { readonly text: string })[];
}

/** What became of a commit, but for the events of a command that was there before. */
export type Answer = Exclude<Appended, { outcome: 'repeated' }> | { readonly outcome: 'repeated' };

export interface AppendOptions {
  readonly dryRun: boolean;
  /** Milliseconds since 1970; null takes the clock of the database. */
  readonly clock: number | null;
}

interface AnswerRow {
  readonly outcome: Appended['outcome'];
  readonly actual_version: Version;
  readonly taken_key: string | null;
  readonly after: number | null;
  readonly recorded_at: number;
}

/** Throws a TypeError for what cannot be written as JSON. */
export function write({ stream, metadata, events, claims, releases, ...commit }: Commit): Written {
  return {
    ...commit,
    stream: { ...stream },
    metadata: { ...metadata },
    events: events.map(({ data, ...event }) => ({ ...event, text: JSON.stringify(data) })),
    claims: [...claims],
    releases: [...releases],
  };
}

/** Appends commits that have nothing to do with each other by one call, and answers each by itself. */
export async function callAppend(
  sql: Sql,
  commits: readonly Written[],
  { dryRun, clock }: AppendOptions,
): Promise<readonly Answer[]> {
  const meta = commits.map(({ metadata }) => metadata);
  const events = numbered(commits.map((commit) => commit.events));
  const claims = numbered(commits.map((commit) => commit.claims));
  const releases = numbered(commits.map((commit) => commit.releases));
  const rows = await sql<AnswerRow[]>`
    SELECT outcome, actual_version, taken_key, after, recorded_at FROM hindsight.append(
      ${commits.map(({ stream }) => stream.type)}, ${commits.map(({ stream }) => stream.id)},
      ${commits.map(({ expectedVersion }) => expectedVersion)},
      ${meta.map(({ actor }) => actor)}, ${meta.map(({ correlationId }) => correlationId)},
      ${meta.map(({ causationId }) => causationId)}, ${meta.map(({ commandId }) => commandId)},
      ${meta.map(({ commandDigest }) => commandDigest)}, ${meta.map(({ traceparent }) => traceparent)},
      ${events.map(({ n }) => n)}, ${events.map(({ item }) => item.id)},
      ${events.map(({ item }) => item.type)}, ${events.map(({ item }) => item.schemaVersion)},
      ${events.map(({ item }) => item.text)},
      ${claims.map(({ n }) => n)}, ${claims.map(({ item }) => item)},
      ${releases.map(({ n }) => n)}, ${releases.map(({ item }) => item)},
      ${dryRun}, ${clock}
    ) ORDER BY commit`;
  return commits.map((commit, index) => answerOf(rows[index], commit));
}

/** All items of all lists, each with the number of its list, from 1. */
const numbered = <T>(lists: readonly (readonly T[])[]) =>
  lists.flatMap((list, index) => list.map((item) => ({ n: index + 1, item })));

function answerOf(row: AnswerRow | undefined, commit: Written): Answer {
  if (row === undefined) throw new RangeError('a commit was not answered');
  switch (row.outcome) {
    case 'repeated':
      return { outcome: 'repeated' };
    case 'conflict':
      return { outcome: 'conflict', actualVersion: row.actual_version };
    case 'taken':
      return { outcome: 'taken', key: row.taken_key ?? '' };
    case 'appended': {
      const place = { position: positionOf(row.after ?? 0), version: row.actual_version };
      return appended(commit, place, timestampOf(row.recorded_at));
    }
    default:
      return row.outcome satisfies never;
  }
}

function appended(commit: Written, before: Before, recordedAt: Timestamp): Answer {
  const parsed = commit.events.map(({ text, ...event }) => ({ ...event, data: JSON.parse(text) }));
  const events = record({ ...commit, events: parsed }, before, recordedAt);
  return { outcome: 'appended', events, position: lastOf(events).position };
}
