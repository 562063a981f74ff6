import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../eventually.js';
import type { StoredCommit } from '../facts.js';
import { judgeShown } from '../inspection.js';
import { judge } from '../judge.js';
import { readLogFile } from '../log-file.js';
import { freePort, launch, urlAt, type Program } from '../program.js';
import { randomOf } from '../random.js';
import { Audience } from './audience.js';
import { Crowd } from './crowd.js';
import { inWords, judgeFlatness, mib, type Course } from './flatness.js';
import { freshHeap, freshShown } from './fresh.js';
import { descriptorsOf, INSPECTABLE, vitalsOf, type Vitals } from './vitals.js';

const SIZES = { commanders: 60, inquirers: 140 };
const SEATS = { listeners: 140, streams: 130, watchers: 30 };
const CONNECTIONS = [SIZES, SEATS]
  .flatMap((kinds) => Object.values(kinds))
  .reduce((all, each) => all + each, 0);

const WARM_UP = 1 / 4;
const LOOKS = 10;
const CUT_EVERY = 300;
const ALL_CONNECTED_WITHIN = 15_000;
const CAUGHT_UP_WITHIN = 30_000;
/** Answers in a hurry before the server is told to stop. */
const HURRIED_ANSWERS = 600;
const STOPS_WITHIN = 10_000;

export interface LoadPlan {
  readonly seconds: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface LoadReport {
  readonly connections: number;
  readonly commands: number;
  readonly questions: number;
  readonly deliveries: number;
  readonly cuts: number;
  readonly events: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly warm: string;
  readonly end: string;
  /** What of the heap the log may have. */
  readonly logGrowth: string;
  /** How long the server took to stop, in milliseconds. */
  readonly stopped: number;
  /** Commands that found the server stopping, or gone. */
  readonly unanswered: number;
  /** Errors, what was lost, twice or grew; empty as it should be. */
  readonly faults: readonly string[];
}

/** The server and its log at one moment, when no command is under way. */
interface Look {
  readonly vitals: Vitals;
  readonly log: readonly StoredCommit[];
}

/** Connections of every kind, all at once for some time; then the server is told to stop under them. */
export async function runLoad(plan: LoadPlan): Promise<LoadReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hindsight-load-'));
  try {
    const port = await freePort();
    const server = launch(dataDir, port, INSPECTABLE);
    try {
      await server.listening;
      return await new Run(plan, dataDir, server, urlAt(port)).finish();
    } finally {
      await server.end('SIGKILL');
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

class Run {
  #isOver = false;
  #isSteady = false;
  #stopped = 0;
  #descriptorsAlone = 0;
  readonly #crowd: Crowd;

  constructor(
    private readonly plan: LoadPlan,
    private readonly dataDir: string,
    private readonly server: Program,
    private readonly url: string,
  ) {
    this.#crowd = new Crowd(url, randomOf(plan.seed));
  }

  async finish(): Promise<LoadReport> {
    this.#descriptorsAlone = await descriptorsOf(this.server);
    await this.#crowd.found();
    const audience = new Audience(this.url, SEATS, randomOf(this.plan.seed + 1));
    try {
      this.#crowd.begin(SIZES);
      const cutting = this.#cutAgainAndAgain(audience);
      const [warm, end] = await this.#load(audience);
      await this.#stop();
      await cutting;
      await audience.stop();
      return await this.#report(audience, warm, end);
    } finally {
      this.#isOver = true;
      this.#crowd.expectTheEnd();
      await audience.stop();
    }
  }

  async #cutAgainAndAgain(audience: Audience): Promise<void> {
    while (!this.#isOver) {
      await delay(CUT_EVERY);
      if (!this.#isSteady) audience.cutOne();
    }
  }

  async #load(audience: Audience): Promise<readonly [Look, Look]> {
    const { seconds, log } = this.plan;
    const began = Date.now();
    const until = (part: number) => delay(Math.max(0, began + part * seconds * 1_000 - Date.now()));
    await until(WARM_UP);
    const warm = await this.#look();
    log(`warm: ${inWords(warm.vitals)}`);
    for (let look = 1; look <= LOOKS; look += 1) {
      await until(WARM_UP + ((1 - WARM_UP) * look) / LOOKS);
      const { told, faults } = this.#crowd.ledger;
      const done = `${told.length} commands, ${this.#crowd.questions} questions, ${audience.deliveries} deliveries, ${faults.length} faults`;
      if (look < LOOKS) log(`${inWords(await vitalsOf(this.server))}; ${done}`);
    }
    const end = await this.#look(async (stored) => {
      const hasAll = await eventually(() => audience.hasAll(stored), CAUGHT_UP_WITHIN);
      if (!hasAll) this.#crowd.ledger.say('not everybody who listens has caught up');
    });
    log(`end: ${inWords(end.vitals)}`);
    return [warm, end];
  }

  async #course(warm: Look, end: Look): Promise<Course> {
    const [before, after] = [warm.log.length, end.log.length];
    const logGrowth =
      (await freshHeap(this.dataDir, after)) - (await freshHeap(this.dataDir, before));
    return {
      connections: CONNECTIONS,
      descriptorsAlone: this.#descriptorsAlone,
      warm: warm.vitals,
      end: end.vitals,
      logGrowth,
    };
  }

  /** With everybody connected, and no command under way: the log stands still meanwhile. */
  async #look(and: (log: Look['log']) => Promise<void> = async () => undefined): Promise<Look> {
    this.#isSteady = true;
    const descriptors = await this.#descriptorsWhenConnected();
    await this.#crowd.gate.close();
    const vitals = { ...(await vitalsOf(this.server)), descriptors };
    const log = await readLogFile(this.dataDir);
    await and(log);
    this.#crowd.gate.open();
    this.#isSteady = false;
    return { vitals, log };
  }

  /** Those who were cut come back; if it is never as many as it should be, however many it is. */
  async #descriptorsWhenConnected(): Promise<number> {
    let count = 0;
    await eventually(async () => {
      count = await descriptorsOf(this.server);
      return count === this.#descriptorsAlone + CONNECTIONS;
    }, ALL_CONNECTED_WITHIN);
    return count;
  }

  /** Under load: every client has an answer, or a closed connection. */
  async #stop(): Promise<void> {
    const { ledger } = this.#crowd;
    this.#crowd.hurry();
    await ledger.more(HURRIED_ANSWERS);
    this.#isOver = true;
    this.#crowd.expectTheEnd();
    const from = Date.now();
    const late = delay(STOPS_WITHIN, undefined, { ref: false });
    const exit = await Promise.race([this.server.end('SIGTERM'), late]);
    this.#stopped = Date.now() - from;
    if (exit?.code !== 0) {
      ledger.say(`it had not stopped well after ${this.#stopped} ms: ${JSON.stringify(exit)}`);
    }
    const left = await this.#crowd.left();
    if (left > 0) ledger.say(`${left} clients still wait, and nobody is there`);
  }

  async #report(audience: Audience, warm: Look, end: Look): Promise<LoadReport> {
    const log = await readLogFile(this.dataDir);
    const course = await this.#course(warm, end);
    const { ledger, questions, unanswered } = this.#crowd;
    const { told, witnessed } = ledger;
    return {
      connections: CONNECTIONS,
      commands: told.length,
      questions,
      deliveries: audience.deliveries,
      cuts: audience.cuts,
      events: log.flat().length,
      verdicts: Object.fromEntries(ledger.verdicts),
      warm: inWords(course.warm),
      end: inWords(course.end),
      logGrowth: mib(course.logGrowth),
      stopped: this.#stopped,
      unanswered,
      faults: [
        ...ledger.faults,
        ...this.server.errors.map((error) => `the server said ${error}`),
        ...judge({ told, witnessed, log }),
        ...judgeShown(await freshShown(this.dataDir), log),
        ...judgeFlatness(course),
        ...audience.faults(log, end.log.flat().length),
      ],
    };
  }
}
