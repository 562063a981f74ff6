import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerFragment } from '../../generated/graphql.js';
import { carryOut, type Command } from '../commands.js';
import { AnswerError, askAt, type Ask } from '../http.js';
import type { Ledger } from '../ledger.js';
import type { Population } from '../population.js';
import type { Random } from '../random.js';

const PAUSE_AT_MOST = 20;
/** How long to wait at most before asking again where nobody answered. */
const AGAIN_AFTER = 400;
/** How long to go on asking when it is to stop. */
const PATIENCE = 30_000;

/** Sends one command after the other, each under one commandId until it is answered. */
export class Client {
  /** How many answers were lost. */
  lost = 0;
  #stopped = false;
  #askUntil = Number.POSITIVE_INFINITY;
  readonly #ask: Ask;
  readonly #done: Promise<void>;

  constructor(
    url: string,
    private readonly population: Population,
    private readonly ledger: Ledger,
    private readonly random: Random,
  ) {
    this.#ask = (document, variables) => askAt(url, document, variables);
    this.#done = this.#work();
    // Whoever stops it hears of it.
    this.#done.catch(() => undefined);
  }

  /** Resolves once its last command is answered. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#askUntil = Date.now() + PATIENCE;
    return this.#done;
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      const command = this.population.next(this.random);
      const answer = await this.#untilAnswered(command);
      this.population.learn(command, answer);
      this.ledger.take(command, answer);
      // Some come right after one another.
      if (this.random.below(3) > 0) await delay(this.random.below(PAUSE_AT_MOST));
    }
  }

  async #untilAnswered(command: Command): Promise<AnswerFragment> {
    for (;;) {
      try {
        return await carryOut(this.#ask, command);
      } catch (cause) {
        // A server that is killed answers with no error: it does not answer.
        if (cause instanceof AnswerError) this.ledger.say(`${command.commandId}: ${cause.message}`);
        if (Date.now() > this.#askUntil) throw cause;
        this.lost += 1;
        await delay(this.random.below(AGAIN_AFTER));
      }
    }
  }
}
