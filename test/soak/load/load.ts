import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { carryOut } from '../commands.js';
import type { StoredCommit } from '../facts.js';
import { judgeShown } from '../inspection.js';
import { judge } from '../judge.js';
import { Ledger } from '../ledger.js';
import { readLogFile } from '../log-file.js';
import { Population } from '../population.js';
import { freePort, launch, urlAt, type Program } from '../program.js';
import { randomOf, type Random } from '../random.js';
import { Audience } from './audience.js';
import { command, PAUSE_AT_MOST, type Participant } from './commander.js';
import { inWords, judgeFlatness, mib, type Course } from './flatness.js';
import { freshHeap, freshShown } from './fresh.js';
import { Gate } from './gate.js';
import { inquire } from './inquirer.js';
import { KeptConnection } from './kept-connection.js';
import { descriptorsOf, INSPECTABLE, vitalsOf, type Vitals } from './vitals.js';

const COMMANDERS = 60;
const INQUIRERS = 140;
const SEATS = { listeners: 140, streams: 130, watchers: 30 };
const CONNECTIONS = COMMANDERS + INQUIRERS + SEATS.listeners + SEATS.streams + SEATS.watchers;

const WARM_UP = 1 / 4;
const LOOKS = 10;
const CUT_EVERY = 300;
const ALL_CONNECTED_WITHIN = 15_000;
const CAUGHT_UP_WITHIN = 30_000;
/** In the end everybody hurries, so that the server is told to stop with many commands under way. */
const HURRIED_PAUSE = 10;
const HURRIED_ANSWERS = 600;
const STOPS_WITHIN = 10_000;
const SETTLED_WITHIN = 15_000;
const LOOK_AGAIN = 50;

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
  /** Commands of which nobody knows, as the server was stopping. */
  readonly unanswered: number;
  /** Errors, what was lost, twice or grew; empty as it should be. */
  readonly faults: readonly string[];
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
  #isStopping = false;
  #isSteady = false;
  #isHurrying = false;
  #questions = 0;
  #stopped = 0;
  #descriptorsAlone = 0;
  readonly #random: Random;
  readonly #ledger = new Ledger();
  readonly #population = new Population();
  readonly #gate = new Gate();
  readonly #unanswered = new Set<string>();

  constructor(
    private readonly plan: LoadPlan,
    private readonly dataDir: string,
    private readonly server: Program,
    private readonly url: string,
  ) {
    this.#random = randomOf(plan.seed);
  }

  async finish(): Promise<LoadReport> {
    this.#descriptorsAlone = await descriptorsOf(this.server);
    await this.#found();
    const audience = new Audience(this.url, SEATS, this.#random.fork());
    try {
      const clients = this.#clients();
      const cutting = this.#cutAgainAndAgain(audience);
      const { warm, end, commits, still } = await this.#load(audience);
      await this.#stop();
      await this.#settled(clients);
      await cutting;
      await audience.stop();
      const log = await readLogFile(this.dataDir);
      const fresh = await freshShown(this.dataDir);
      const logGrowth = fresh.heap - (await freshHeap(this.dataDir, commits));
      const descriptorsAlone = this.#descriptorsAlone;
      const course = { connections: CONNECTIONS, descriptorsAlone, warm, end, logGrowth };
      const { told, witnessed, faults } = this.#ledger;
      return this.#report(audience, course, log, [
        ...faults,
        ...this.server.errors.map((error) => `the server said ${error}`),
        ...judge({ told, witnessed, log, unanswered: this.#unanswered }),
        ...judgeShown(fresh.shown, log),
        ...judgeFlatness(course),
        ...audience.faults(log, still),
      ]);
    } finally {
      this.#isStopping = true;
      await audience.stop();
    }
  }

  async #found(): Promise<void> {
    const connection = new KeptConnection(this.url);
    for (const founding of this.#population.founders()) {
      const answer = await carryOut(connection.ask, founding);
      this.#population.learn(founding, answer);
      this.#ledger.take(founding, answer);
    }
    connection.close();
  }

  #clients(): readonly Promise<void>[] {
    const participant: Participant = {
      mayLose: () => this.#isStopping,
      pauseAtMost: () => (this.#isHurrying ? HURRIED_PAUSE : PAUSE_AT_MOST),
      gate: this.#gate,
      ledger: this.#ledger,
      population: this.#population,
    };
    const count = () => (this.#questions += 1);
    return [
      ...Array.from({ length: COMMANDERS }, () => {
        return command(this.url, participant, this.#random.fork(), this.#unanswered);
      }),
      ...Array.from({ length: INQUIRERS }, () => {
        return inquire(this.url, participant, this.#random.fork(), count);
      }),
    ];
  }

  async #cutAgainAndAgain(audience: Audience): Promise<void> {
    while (!this.#isStopping) {
      await delay(CUT_EVERY);
      if (!this.#isSteady) audience.cutOne();
    }
  }

  async #load(audience: Audience) {
    const { seconds, log } = this.plan;
    const began = Date.now();
    const until = (part: number) => delay(Math.max(0, began + part * seconds * 1_000 - Date.now()));
    await until(WARM_UP);
    const warm = await this.#look(async (vitals) => ({
      vitals,
      log: await readLogFile(this.dataDir),
    }));
    log(`warm: ${inWords(warm.vitals)}`);
    for (let look = 1; look <= LOOKS; look += 1) {
      await until(WARM_UP + ((1 - WARM_UP) * look) / LOOKS);
      const { told, faults } = this.#ledger;
      const done = `${told.length} commands, ${this.#questions} questions, ${audience.deliveries} deliveries, ${faults.length} faults`;
      if (look < LOOKS) log(`${inWords(await vitalsOf(this.server))}; ${done}`);
    }
    const end = await this.#look(async (vitals) => {
      const stored = await readLogFile(this.dataDir);
      if (!(await eventually(() => audience.hasAll(stored), CAUGHT_UP_WITHIN))) {
        this.#ledger.say('not everybody who listens has caught up');
      }
      return { vitals, log: stored };
    });
    log(`end: ${inWords(end.vitals)}`);
    const [{ vitals }, commits, still] = [warm, warm.log.length, end.log.flat().length];
    return { warm: vitals, end: end.vitals, commits, still };
  }

  /** With everybody connected, and no command under way: the log stands still meanwhile. */
  async #look<Seen>(see: (vitals: Vitals) => Promise<Seen>): Promise<Seen> {
    this.#isSteady = true;
    const descriptors = await this.#descriptorsWhenConnected();
    await this.#gate.close();
    const seen = await see({ ...(await vitalsOf(this.server)), descriptors });
    this.#gate.open();
    this.#isSteady = false;
    return seen;
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

  /** Under load, as the gate is open again. */
  async #stop(): Promise<void> {
    this.#isHurrying = true;
    await this.#ledger.more(HURRIED_ANSWERS);
    this.#isStopping = true;
    const from = Date.now();
    const late = delay(STOPS_WITHIN, undefined, { ref: false });
    const exit = await Promise.race([this.server.end('SIGTERM'), late]);
    this.#stopped = Date.now() - from;
    if (exit?.code === 0) return;
    this.#ledger.say(`it had not stopped well after ${this.#stopped} ms: ${JSON.stringify(exit)}`);
  }

  /** Every client has had an answer, or a closed connection. */
  async #settled(clients: readonly Promise<void>[]): Promise<void> {
    let left = clients.length;
    for (const client of clients) void client.then(() => (left -= 1));
    await eventually(() => left === 0, SETTLED_WITHIN);
    if (left > 0) this.#ledger.say(`${left} clients still wait, and nobody is there`);
  }

  #report(
    audience: Audience,
    course: Course,
    log: readonly StoredCommit[],
    faults: readonly string[],
  ): LoadReport {
    return {
      connections: CONNECTIONS,
      commands: this.#ledger.told.length,
      questions: this.#questions,
      deliveries: audience.deliveries,
      cuts: audience.cuts,
      events: log.flat().length,
      verdicts: Object.fromEntries(this.#ledger.verdicts),
      warm: inWords(course.warm),
      end: inWords(course.end),
      logGrowth: mib(course.logGrowth),
      stopped: this.#stopped,
      unanswered: this.#unanswered.size,
      faults,
    };
  }
}

/** Whether a condition comes to hold within so many milliseconds. */
async function eventually(
  holds: () => boolean | Promise<boolean>,
  within: number,
): Promise<boolean> {
  for (const until = Date.now() + within; !(await holds());) {
    if (Date.now() > until) return false;
    await delay(LOOK_AGAIN);
  }
  return true;
}
