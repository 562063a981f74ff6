import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventFilter } from '../generated/graphql.js';
import { GetHead, ListEvents } from '../support/documents.js';
import { askAt } from './http.js';
import { Listener } from './listener.js';
import { startRestartable, type RestartableServer } from './program.js';
import { randomOf, type Random } from './random.js';
import { compare } from './sequence.js';
import { someUser, Writer, WRITERS } from './writer.js';

const RESTARTS_AT_LEAST = 2;
const CUTS_PER_RESTART = 4_000;
const PAUSE_AT_MOST = 400;
/** Of cuts that come while the last one is not yet healed. */
const SHORT_PAUSE = 6;
const LAST_FRAME_WITHIN = 30_000;
const TOLD_EVERY = 5_000;

export interface CutsPlan {
  readonly cuts: number;
  readonly clients: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface CutsReport {
  readonly cuts: number;
  /** Those of them that came after at least one frame of their connection. */
  readonly fruitful: number;
  readonly restarts: number;
  readonly events: number;
  readonly frames: number;
  /** What was missing, came twice or out of order; empty as it should be. */
  readonly faults: readonly string[];
}

/**
 * Clients listen while others write, their connections are cut at random moments and the server is
 * killed in between; then what each received, laid end to end, is compared with the log.
 */
export async function runCuts(plan: CutsPlan): Promise<CutsReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hindsight-cuts-'));
  try {
    const server = await startRestartable(dataDir);
    try {
      return await new Run(plan, server).finish();
    } finally {
      await server.kill();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

class Run {
  #cuts = 0;
  #restarts = 0;
  #restarting: Promise<void> = Promise.resolve();
  #toldAt = Date.now();
  readonly #random: Random;
  readonly #ids = new Map<number, string>();
  readonly #writers: readonly Writer[];
  readonly #listeners: readonly Listener[];

  constructor(
    private readonly plan: CutsPlan,
    private readonly server: RestartableServer,
  ) {
    this.#random = randomOf(plan.seed);
    const { url } = server;
    this.#writers = count(WRITERS).map((each) => new Writer(url, each, this.#random.fork()));
    this.#listeners = count(plan.clients).map((each) => {
      const where = filterOf(each, this.#random);
      return new Listener(url, where, this.#random.fork(), this.#ids);
    });
  }

  async finish(): Promise<CutsReport> {
    try {
      await this.#cutAll();
      const { head } = await askAt(this.server.url, GetHead, {});
      const faults = await this.#faults(Number(head.position));
      return {
        cuts: this.#cuts,
        fruitful: sum(this.#listeners.map(({ fruitful }) => fruitful)),
        restarts: this.#restarts,
        events: Number(head.position),
        frames: sum(this.#listeners.map(({ frames }) => frames)),
        faults,
      };
    } finally {
      await Promise.all(this.#listeners.map((listener) => listener.stop()));
    }
  }

  async #cutAll(): Promise<void> {
    try {
      await Promise.all(this.#listeners.map((listener) => this.#cutAgainAndAgain(listener)));
      await this.#restarting;
    } finally {
      await Promise.all(this.#writers.map((writer) => writer.stop()));
    }
  }

  async #cutAgainAndAgain(listener: Listener): Promise<void> {
    const random = this.#random.fork();
    for (;;) {
      await delay(random.below(random.below(5) === 0 ? SHORT_PAUSE : PAUSE_AT_MOST));
      // While nobody answers there is nothing to cut.
      await this.#restarting;
      if (this.#cuts >= this.plan.cuts) return;
      this.#cuts += 1;
      listener.cut();
      this.#tell();
      this.#restartInTime();
    }
  }

  #restartInTime(): void {
    const { cuts } = this.plan;
    const restarts = Math.max(RESTARTS_AT_LEAST, Math.floor(cuts / CUTS_PER_RESTART));
    if (this.#restarts === restarts) return;
    if (this.#cuts < ((this.#restarts + 1) * cuts) / (restarts + 1)) return;
    this.#restarts += 1;
    this.#restarting = this.server.restart();
  }

  #tell(): void {
    if (Date.now() - this.#toldAt < TOLD_EVERY) return;
    this.#toldAt = Date.now();
    const faults = sum(this.#listeners.map((listener) => listener.faults.length));
    const { cuts } = this.plan;
    this.plan.log(
      `${this.#cuts} of ${cuts} cuts, ${this.#restarts} restarts, ${this.#ids.size} events, ${faults} faults`,
    );
  }

  async #faults(head: number): Promise<string[]> {
    const faults: string[] = [];
    const acknowledged = sum(this.#writers.map((writer) => writer.acknowledged));
    if (acknowledged !== head) faults.push(`${acknowledged} acknowledged, ${head} in the log`);
    await Promise.all(
      this.#listeners.map(async (listener, number) => {
        // To one whose filter lets nothing through, only a new beginning tells where the log ends.
        listener.resubscribe();
        const say = (what: string) =>
          faults.push(`client ${number}, ${JSON.stringify(listener.where)}: ${what}`);
        if (!(await listener.reached(head, LAST_FRAME_WITHIN))) say('has not caught up');
      }),
    );
    for (const [number, { received, where, faults: own }] of this.#listeners.entries()) {
      const slice = await sliceOf(this.server.url, where);
      const wrong = [...own, ...compare(received, slice, this.#ids)];
      faults.push(...wrong.map((what) => `client ${number}, ${JSON.stringify(where)}: ${what}`));
    }
    return faults;
  }
}

interface Fact {
  readonly position: number;
  readonly id: string;
}

/** The log's slice for a filter, page by page. */
async function sliceOf(url: string, where: EventFilter | undefined): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  let after: string | null | undefined;
  for (;;) {
    const { events } = await askAt(url, ListEvents, { first: 500, after, where });
    for (const { position, id } of events.nodes) facts.push({ position: Number(position), id });
    if (!events.pageInfo.hasNextPage) return facts;
    after = events.pageInfo.endCursor;
  }
}

/** One client asks for everything, one for nothing that there is, the others for something. */
function filterOf(client: number, random: Random): EventFilter | undefined {
  const types = [random.oneOf(['UserRenamed', 'UserDeactivated', 'UserCreated'])];
  const kinds: readonly [EventFilter | undefined, ...(EventFilter | undefined)[]] = [
    undefined,
    { aggregateType: 'Order' },
    { types: ['UserRenamed'] },
    { types: ['UserCreated', 'UserDeactivated', 'UserReactivated'] },
    { aggregateType: 'User' },
    { aggregateType: 'User', types },
    { aggregateId: someUser(random) },
    { aggregateId: someUser(random), types },
    { aggregateType: 'User', aggregateId: someUser(random) },
  ];
  return kinds[client % kinds.length];
}

const count = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);
