import { setTimeout as delay } from 'node:timers/promises';
import { carryOut } from '../commands.js';
import type { Ledger } from '../ledger.js';
import type { Population } from '../population.js';
import type { Random } from '../random.js';
import type { Gate } from './gate.js';
import { KeptConnection } from './kept-connection.js';

/** Below the five seconds after which Node's server lets go of an idle connection. */
export const PAUSE_AT_MOST = 3_000;

/** Who takes part in the load until the server is told to stop. */
export interface Participant {
  /** Whether a lost connection is no fault any more. */
  readonly mayLose: () => boolean;
  /** How long to wait at most before the next command, in milliseconds. */
  readonly pauseAtMost: () => number;
  readonly gate: Gate;
  readonly ledger: Ledger;
  readonly population: Population;
}

/** Sends commands over one connection until that is lost. Counts what was not answered. */
export async function command(
  url: string,
  { mayLose, pauseAtMost, gate, ledger, population }: Participant,
  random: Random,
  countLost: () => void,
): Promise<void> {
  const connection = new KeptConnection(url);
  for (;;) {
    await delay(random.below(pauseAtMost()));
    const leave = await gate.enter();
    const order = population.next(random);
    try {
      const answer = await carryOut(connection.ask, order);
      population.learn(order, answer);
      ledger.take(order, answer);
    } catch (cause) {
      countLost();
      if (mayLose()) return connection.close();
      ledger.say(`${order.commandId} (${order.said.type}): ${String(cause)}`);
    } finally {
      leave();
    }
  }
}
