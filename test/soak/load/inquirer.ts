import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Random } from '../random.js';
import { PAUSE_AT_MOST, type Participant } from './commander.js';
import { KeptConnection } from './kept-connection.js';
import { someQuestion, type Question } from './questions.js';

const REMEMBERED = 5;

interface Known {
  readonly question: Question;
  readonly answer: unknown;
}

/** Asks over one connection until that is lost, about the past more than once. Counts the answers. */
export async function inquire(
  url: string,
  { mayLose, ledger, population }: Participant,
  random: Random,
  count: () => void,
): Promise<void> {
  const connection = new KeptConnection(url);
  const remembered: Known[] = [];
  for (;;) {
    await delay(random.below(PAUSE_AT_MOST));
    const known = random.below(3) === 0 ? remembered.shift() : undefined;
    const question = known?.question ?? someQuestion(ledger, population, random);
    try {
      const answer = await question.put(connection.ask);
      count();
      if (known !== undefined && !isDeepStrictEqual(answer, known.answer)) {
        ledger.say(
          `${question.name} was ${JSON.stringify(known.answer)}, then ${JSON.stringify(answer)}`,
        );
      } else if (question.isSettled && remembered.length < REMEMBERED) {
        remembered.push({ question, answer });
      }
    } catch (cause) {
      if (mayLose()) return connection.close();
      ledger.say(`${question.name}: ${String(cause)}`);
    }
  }
}
