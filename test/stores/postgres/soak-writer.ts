import type { Sql } from 'postgres';
import {
  OutcomeUnknown,
  StoreUnavailable,
  type Commit,
  type EventStore,
} from '../../../src/core/event-store.js';
import { verdictOf } from '../../../src/stores/postgres/errors.js';
import type { Random } from '../../soak/random.js';
import { commitOf } from '../commits.js';
import type { Fact } from './facts.js';
import type { Tally } from './soak-messages.js';

const EVENTS_AT_MOST = 20;
const STREAMS = 200;
const SHARED_STREAMS = 20;
/** Of a hundred transactions. */
const ROLLED_BACK = 5;
const COMMITTED_LATE = 5;
const HELD_AT_MOST = 0.008;

/** What the writers of one server know together. */
export class Writings {
  readonly tally: Tally = {
    appended: 0,
    conflicts: 0,
    rolledBack: 0,
    committedLate: 0,
    unknown: 0,
  };
  readonly acknowledged: Fact[] = [];
  readonly rolledBack: string[] = [];
  readonly versions = new Map<string, number>();
  /** How far the log is, as far as they were told. */
  end = 0;

  acknowledge({ stream, expectedVersion, events }: Commit, after: number): void {
    for (const [index, { id }] of events.entries()) {
      this.acknowledged.push({ position: after + index + 1, id });
    }
    this.end = Math.max(this.end, after + events.length);
    this.versions.set(stream.id, expectedVersion + events.length);
    this.tally.appended += 1;
  }

  conflict({ stream }: Commit, actual: number): void {
    this.versions.set(stream.id, actual);
    this.tally.conflicts += 1;
  }
}

export interface WriterParts {
  readonly store: EventStore;
  /** For transactions that the store would not make. */
  readonly side: Sql;
  readonly server: number;
  readonly random: Random;
  readonly writings: Writings;
}

/**
 * Appends one commit after the other to random streams. A few of its transactions go past the store,
 * to be held open: some of them are committed late, and some are rolled back.
 */
export class SoakWriter {
  constructor(private readonly parts: WriterParts) {}

  async write(until: number): Promise<void> {
    while (this.parts.writings.end < until) await this.#turn();
  }

  async #turn(): Promise<void> {
    const { random } = this.parts;
    const commit = this.#someCommit();
    const kind = random.below(100);
    try {
      if (kind < ROLLED_BACK) await this.#rollBack(commit);
      else if (kind < ROLLED_BACK + COMMITTED_LATE) await this.#commitLate(commit);
      else await this.#append(commit);
    } catch (error) {
      await this.#goOn(commit, error);
    }
  }

  #someCommit(): Commit {
    const { random, server, writings } = this.parts;
    // Streams that both servers write to make for conflicts; with others there is more to append.
    const stream =
      random.below(4) === 0
        ? `shared-${random.below(SHARED_STREAMS)}`
        : `${server}-${random.below(STREAMS)}`;
    // Many events take little more time than one.
    const length = random.below(2) === 0 ? EVENTS_AT_MOST : 1 + random.below(EVENTS_AT_MOST);
    const data = Array.from({ length }, (_, n) => ({ n }));
    return commitOf(stream, writings.versions.get(stream) ?? 0, ...data);
  }

  async #append(commit: Commit): Promise<void> {
    const { store, writings } = this.parts;
    const answer = await store.append(commit);
    if (answer.outcome === 'appended') {
      writings.acknowledge(commit, answer.position - commit.events.length);
    } else if (answer.outcome === 'conflict') writings.conflict(commit, answer.actualVersion);
    else throw new Error(`nobody should be told: ${answer.outcome}`);
  }

  async #rollBack(commit: Commit): Promise<void> {
    const { writings } = this.parts;
    // Even what is not answered is rolled back.
    writings.rolledBack.push(...commit.events.map(({ id }) => id));
    await this.#hold(commit, 'ROLLBACK');
    writings.tally.rolledBack += 1;
  }

  async #commitLate(commit: Commit): Promise<void> {
    const { writings } = this.parts;
    const { outcome, after, actual } = await this.#hold(commit, 'COMMIT');
    if (outcome === 'appended') writings.acknowledge(commit, after);
    else writings.conflict(commit, actual);
    writings.tally.committedLate += 1;
  }

  /** One message, so that a connection that is lost within it loses all of it, and nothing else. */
  async #hold(commit: Commit, end: 'COMMIT' | 'ROLLBACK') {
    const { side, random } = this.parts;
    const seconds = (random.below(1_000) / 1_000) * HELD_AT_MOST;
    const results: readonly unknown[] = await side.unsafe(
      `BEGIN; ${appendStatement(commit)}; SELECT pg_sleep(${seconds}); ${end}`,
    );
    const [row] = results[1] as readonly { outcome: string; after: number; actual: number }[];
    if (row === undefined) throw new Error('a commit was not answered');
    return row;
  }

  /** Whoever does not know what became of a commit looks, and goes on from there. */
  async #goOn({ stream }: Commit, error: unknown): Promise<void> {
    const { store, writings } = this.parts;
    const isExpected = error instanceof OutcomeUnknown || error instanceof StoreUnavailable;
    if (!isExpected && verdictOf(error) === 'failed') throw error;
    writings.tally.unknown += 1;
    writings.versions.set(stream.id, await store.versionAt(stream));
  }
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const texts = (values: readonly string[]): string => `ARRAY[${values.map(text).join(',')}]::text[]`;

/** The append of one commit, as one who has no store would write it. */
function appendStatement({ stream, expectedVersion, events, metadata }: Commit): string {
  const nothing = 'ARRAY[NULL]::text[]';
  const ones = `ARRAY[${events.map(() => 1).join(',')}]::int[]`;
  return `SELECT outcome, after::int AS after, actual_version AS actual FROM hindsight.append(
    ${texts([stream.type])}, ${texts([stream.id])}, ARRAY[${expectedVersion}]::int[],
    ${nothing}, ${texts([metadata.correlationId])}, ${nothing}, ${nothing}, ${nothing}, ${nothing},
    ${ones}, ${texts(events.map(({ id }) => id))}, ${texts(events.map(({ type }) => type))}, ${ones},
    ${texts(events.map(({ data }) => JSON.stringify(data)))},
    '{}', '{}', '{}', '{}', false, NULL)`;
}
