import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedEvent } from '../../../src/core/event.js';
import { positionOf } from '../../../src/core/event.js';
import { StoreUnavailable, type Commit } from '../../../src/core/event-store.js';
import { timestampOf } from '../../../src/core/time.js';
import type { LowdbStore } from '../../../src/stores/lowdb/store.js';
import { openWholeLog } from '../../../src/stores/lowdb/whole-log.js';
import { record } from '../../../src/stores/record.js';
import type { Random } from '../../soak/random.js';
import { commitOf, named, readAll } from '../commits.js';
import { heldBy, SEATS, seating } from '../seats.js';
import type { Entry, Unit } from './crash-points.js';
import { logPath, openAt } from './log-folder.js';
import type { RecordedDisk } from './recorded-disk.js';

const GUESTS: readonly [string, ...string[]] = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay'];
const SEAT_NAMES = Array.from({ length: 30 }, (_, index) => `s${index}`);
const AT_ONCE_AT_MOST = 6;

/** How often each answer was given. */
export type Counts = Map<string, number>;

/**
 * A store's life of 200 commands, several at a time: conflicts, keys that are taken, commands sent
 * twice, a disk without space, a crash in the middle of a write, and events put into the log by hand.
 */
export class CrashRun {
  readonly entries: Entry[] = [];
  readonly counts: Counts = new Map();
  readonly #dataDir: string;
  #commands = 0;

  constructor(
    root: string,
    dataDir: string,
    private readonly disk: RecordedDisk,
    private readonly random: Random,
  ) {
    this.#dataDir = join(root, dataDir);
    disk.watch(root, (operation) => this.entries.push(operation));
  }

  async live(): Promise<void> {
    const first = await this.#open();
    await this.#commandsUntil(first, 50);
    await this.#sendTwice(first);
    await this.#runOutOfSpace(first);
    await this.#commandsUntil(first, 100);
    await first.close();
    await this.#tear();
    const second = await this.#open();
    await this.#commandsUntil(second, 160);
    const head = await second.head();
    await second.close();
    await this.#import(head.position);
    const third = await this.#open();
    await this.#commandsUntil(third, 200);
    await third.close();
    this.disk.unwatch();
  }

  async #sendTwice(store: LowdbStore): Promise<void> {
    for (const seat of ['t1', 't2']) {
      this.#commands += 1;
      await this.#send(store, named('twice', seating('tim', 0, { takes: [seat] })));
    }
  }

  /** Of one write, in which four commands wait for another, some whole lines find space, and no more. */
  async #runOutOfSpace(store: LowdbStore): Promise<void> {
    const commits = [1, 2, 3, 4, 5].map((n) => seating(`g${n}`, 0, { takes: [`r${n}`] }));
    this.#commands += commits.length;
    await Promise.all(
      commits.map((commit, index) => {
        this.disk.fill(index > 0);
        return this.#send(store, commit);
      }),
    );
    await this.#commandsUntil(store, this.#commands + 5);
    this.disk.fill(false);
  }

  #open(): Promise<LowdbStore> {
    const onTornTail = () => this.#count('torn');
    return openAt(this.#dataDir, { vocabulary: SEATS, onTornTail });
  }

  async #commandsUntil(store: LowdbStore, count: number): Promise<void> {
    while (this.#commands < count) {
      const events = await readAll(store);
      const size = Math.min(1 + this.random.below(AT_ONCE_AT_MOST), count - this.#commands);
      const group = Array.from({ length: size }, () => this.#next(events));
      await Promise.all(group.map((commit) => this.#send(store, commit)));
    }
  }

  /** A command of some guest on what is known of the log, or on what was known before. */
  #next(events: readonly RecordedEvent[]): Commit {
    this.#commands += 1;
    const guest = this.random.oneOf(GUESTS);
    const own = events.filter((event) => event.aggregateId === guest);
    const version = Math.max(0, own.length - (this.random.below(8) === 0 ? 1 : 0));
    const held = heldBy(own);
    const leaves = held.slice(0, this.random.below(held.length + 1));
    const takes = [this.#seat(events), this.#seat(events)];
    const isOld = this.random.below(10) === 0;
    const id = `c${isOld ? this.random.below(this.#commands) : this.#commands}`;
    return named(id, seating(guest, version, { leaves, takes: [...new Set(takes)] }));
  }

  /** Mostly one that is free. */
  #seat(events: readonly RecordedEvent[]): string {
    const held = this.random.below(6) === 0 ? [] : heldBy(events);
    return this.random.oneOf(['s0', ...SEAT_NAMES.filter((seat) => !held.includes(seat))]);
  }

  async #send(store: LowdbStore, commit: Commit): Promise<void> {
    const unit = commit.events.map(({ id }) => id);
    this.entries.push({ does: 'ask', unit });
    try {
      const answer = await store.append(commit);
      this.#count(answer.outcome);
      if (answer.outcome === 'appended') this.#acknowledge(unit, answer.events[0]?.position ?? 0);
      else this.entries.push({ does: 'refuse', unit });
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      this.#count('no space');
      this.entries.push({ does: 'refuse', unit });
    }
  }

  /** What a process leaves that was killed in the middle of a write. */
  async #tear(): Promise<void> {
    const file = await open(logPath(this.#dataDir), 'a');
    await file.appendFile('{"crc":"01234567","position":');
    await file.close();
  }

  /** Takes the log's place with a copy that holds more. */
  async #import(head: number): Promise<void> {
    const log = await openWholeLog(this.#dataDir, {
      vocabulary: SEATS,
      mayBegin: false,
      onTornTail: () => undefined,
    });
    const commits = ['x', 'y'].map((id, index) => {
      const place = { position: positionOf(head + index * 2), version: 0 };
      return record(commitOf(id, 0, {}, {}), place, timestampOf(Date.now()));
    });
    const unit = commits.flat().map(({ id }) => id);
    this.entries.push({ does: 'ask', unit });
    await log.add(slices(commits));
    this.#acknowledge(unit, head + 1);
    await log.close();
  }

  #acknowledge(unit: Unit, position: number): void {
    this.entries.push({ does: 'acknowledge', unit, position: positionOf(position) });
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

async function* slices<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
