import { carryOut } from '../commands.js';
import { eventually } from '../eventually.js';
import { Ledger } from '../ledger.js';
import { Population } from '../population.js';
import type { Random } from '../random.js';
import { command, PAUSE_AT_MOST, type Participant } from './commander.js';
import { Gate } from './gate.js';
import { inquire } from './inquirer.js';
import { KeptConnection } from './kept-connection.js';

const HURRIED_PAUSE = 10;
const SETTLED_WITHIN = 15_000;

export interface Sizes {
  readonly commanders: number;
  readonly inquirers: number;
}

/** All who send commands and ask questions, each over a connection of its own. */
export class Crowd {
  questions = 0;
  /** Commands that were not answered. */
  unanswered = 0;
  #isHurrying = false;
  #mayLose = false;
  #clients: readonly Promise<void>[] = [];
  readonly ledger = new Ledger();
  /** Closed, it lets no command through. */
  readonly gate = new Gate();
  readonly #population = new Population();

  constructor(
    private readonly url: string,
    private readonly random: Random,
  ) {}

  /** Makes the users that everything is about. */
  async found(): Promise<void> {
    const connection = new KeptConnection(this.url);
    for (const founding of this.#population.founders()) {
      const answer = await carryOut(connection.ask, founding);
      this.#population.learn(founding, answer);
      this.ledger.take(founding, answer);
    }
    connection.close();
  }

  begin({ commanders, inquirers }: Sizes): void {
    const participant: Participant = {
      mayLose: () => this.#mayLose,
      pauseAtMost: () => (this.#isHurrying ? HURRIED_PAUSE : PAUSE_AT_MOST),
      gate: this.gate,
      ledger: this.ledger,
      population: this.#population,
    };
    const countLost = () => (this.unanswered += 1);
    const countAnswer = () => (this.questions += 1);
    this.#clients = [
      ...Array.from({ length: commanders }, () => {
        return command(this.url, participant, this.random.fork(), countLost);
      }),
      ...Array.from({ length: inquirers }, () => {
        return inquire(this.url, participant, this.random.fork(), countAnswer);
      }),
    ];
  }

  /** So that a server which is told to stop has many commands under way. */
  hurry(): void {
    this.#isHurrying = true;
  }

  /** From now on a connection that is lost is no fault, and its client ends. */
  expectTheEnd(): void {
    this.#mayLose = true;
  }

  /** Resolves with how many clients still wait when nobody is there to answer. */
  async left(): Promise<number> {
    let left = this.#clients.length;
    for (const client of this.#clients) void client.then(() => (left -= 1));
    await eventually(() => left === 0, SETTLED_WITHIN);
    return left;
  }
}
