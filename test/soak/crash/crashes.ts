import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { carryOut } from '../commands.js';
import { askAt, type Ask } from '../http.js';
import { inspect, judgeShown } from '../inspection.js';
import { judge } from '../judge.js';
import { Ledger } from '../ledger.js';
import { readLogFile } from '../log-file.js';
import { Population, sentAgain } from '../population.js';
import { freePort, launch, urlAt, type Program } from '../program.js';
import { randomOf, type Random } from '../random.js';
import { Client } from './client.js';

const CLIENTS = 12;
/** One kill in so many comes before the server listens, or just when it does. */
const EARLY_EVERY = 4;
const ANSWERS_AT_MOST = 60;
/** So that a kill does not come right behind an answer. */
const THEN_AFTER_AT_MOST = 25;
const ANSWERS_WITHIN = 30_000;
/** At the end, to the last server. */
const SENT_AGAIN = 200;
const TOLD_EVERY = 10_000;

export interface CrashPlan {
  readonly kills: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface CrashReport {
  readonly kills: number;
  /** Those of them that came before the server listened. */
  readonly early: number;
  /** Last writes that were cut short and removed. */
  readonly torn: number;
  readonly commands: number;
  /** Answers that never came, of servers that were killed or not yet there. */
  readonly lost: number;
  /** Commands that had been carried out when they were sent again, as nobody had been told. */
  readonly replayed: number;
  readonly events: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** What was lost, twice, half there or wrong; empty as it should be. */
  readonly faults: readonly string[];
}

/**
 * Clients send commands, each until it is answered, while the server is killed at random moments, while
 * it starts, too; then the log, the rows and the claims are compared with what the clients were told.
 */
export async function runCrashes(plan: CrashPlan): Promise<CrashReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hindsight-crash-'));
  try {
    return await new Run(plan, dataDir, await freePort()).finish();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

class Run {
  #kills = 0;
  #early = 0;
  #torn = 0;
  #toldAt = Date.now();
  /** How long the last start took, in milliseconds. */
  #starting = 1_000;
  #running: Program | undefined;
  readonly #random: Random;
  readonly #ledger = new Ledger();
  readonly #clients: readonly Client[];

  constructor(
    private readonly plan: CrashPlan,
    private readonly dataDir: string,
    private readonly port: number,
  ) {
    this.#random = randomOf(plan.seed);
    const population = new Population();
    this.#clients = Array.from({ length: CLIENTS }, () => {
      return new Client(urlAt(port), population, this.#ledger, this.#random.fork());
    });
  }

  async finish(): Promise<CrashReport> {
    try {
      while (this.#kills < this.plan.kills) await this.#killOnce();
      const last = this.#launch();
      await last.listening;
      await Promise.all(this.#clients.map((client) => client.stop()));
      return this.#report(await this.#faults(last));
    } finally {
      await this.#running?.end('SIGKILL');
      // Nobody is there any more: those that still ask give up.
      await Promise.allSettled(this.#clients.map((client) => client.stop()));
    }
  }

  async #killOnce(): Promise<void> {
    const server = this.#launch();
    let isListening = false;
    const listening = server.listening.then(() => {
      isListening = true;
    });
    if (this.#random.below(EARLY_EVERY) === 0) {
      await Promise.race([listening, delay(this.#random.below(this.#starting))]);
    } else {
      const from = Date.now();
      await listening;
      this.#starting = Date.now() - from;
      await this.#answers(this.#random.below(ANSWERS_AT_MOST));
      await delay(this.#random.below(THEN_AFTER_AT_MOST));
    }
    if (!isListening) this.#early += 1;
    const { code, signal } = await server.end('SIGKILL');
    if (signal !== 'SIGKILL')
      this.#ledger.say(`it ended by itself with ${code}: ${server.stderr()}`);
    this.#torn += server.warnings.length;
    for (const error of server.errors) this.#ledger.say(`the server said ${error}`);
    this.#kills += 1;
    this.#tell();
  }

  #launch(): Program {
    this.#running = launch(this.dataDir, this.port);
    return this.#running;
  }

  async #answers(count: number): Promise<void> {
    const tooLate = delay(ANSWERS_WITHIN, 'too late' as const, { ref: false });
    if ((await Promise.race([this.#ledger.more(count), tooLate])) === 'too late') {
      throw new Error(`not ${count} answers within ${ANSWERS_WITHIN} ms`);
    }
  }

  #tell(): void {
    if (Date.now() - this.#toldAt < TOLD_EVERY) return;
    this.#toldAt = Date.now();
    const { told, replayed, faults } = this.#ledger;
    this.plan.log(
      `${this.#kills} of ${this.plan.kills} kills, ${told.length} commands, ${replayed} found done, ${faults.length} faults`,
    );
  }

  async #faults(last: Program): Promise<string[]> {
    const ask: Ask = (document, variables) => askAt(urlAt(this.port), document, variables);
    await this.#sendAgain(ask);
    const shown = await inspect(ask);
    const { code } = await last.end('SIGTERM');
    const log = await readLogFile(this.dataDir);
    const { told, witnessed, faults } = this.#ledger;
    if (code !== 0) this.#ledger.say(`it was told to stop and exited with ${code}`);
    return [...faults, ...judge({ told, witnessed, log }), ...judgeShown(shown, log)];
  }

  /** Whatever was killed since: an answer is an answer for ever. */
  async #sendAgain(ask: Ask): Promise<void> {
    const done = this.#ledger.told.filter(({ events }) => events.length > 0);
    for (let count = 0; count < SENT_AGAIN; count += 1) {
      const first = done[this.#random.below(done.length)];
      if (first === undefined || first.command.dryRun) continue;
      const command = sentAgain(first.command, first);
      this.#ledger.take(command, await carryOut(ask, command));
    }
  }

  #report(faults: readonly string[]): CrashReport {
    const { told, replayed, verdicts, witnessed } = this.#ledger;
    return {
      kills: this.#kills,
      early: this.#early,
      torn: this.#torn,
      commands: told.length,
      lost: this.#clients.reduce((total, { lost }) => total + lost, 0),
      replayed,
      events: witnessed.size,
      verdicts: Object.fromEntries(verdicts),
      faults,
    };
  }
}
