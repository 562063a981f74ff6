import { isDeepStrictEqual } from 'node:util';
import type { AnswerFragment, FactFragment } from '../generated/graphql.js';
import type { Command, Verdict } from './commands.js';
import { factOf, type Fact } from './facts.js';

/** A command that was answered. */
export interface Told {
  readonly command: Command;
  readonly verdict: Verdict;
  readonly position: string | null;
  readonly events: readonly Fact[];
}

/** What clients were told, each in its own time. */
export class Ledger {
  readonly told: Told[] = [];
  readonly faults: string[] = [];
  /** How many commands were answered after an answer of theirs had been lost, and found done. */
  replayed = 0;
  readonly verdicts = new Map<Verdict, number>();
  /** The highest position that anybody was told of. */
  head = 0;
  readonly #witnessed = new Map<number, Fact>();
  #waiting: (() => void)[] = [];

  /** Every event that any answer told of, by its position. */
  get witnessed(): ReadonlyMap<number, Fact> {
    return this.#witnessed;
  }

  take(command: Command, answer: AnswerFragment): void {
    const verdict = verdictOf(answer);
    const events = answer.events.map(factOf);
    this.verdicts.set(verdict, (this.verdicts.get(verdict) ?? 0) + 1);
    this.#check(command, answer, verdict);
    if (answer.error?.__typename === 'VersionConflict') this.witness(answer.error.missed);
    if (!command.dryRun) this.witness(answer.events);
    if (command.repeats === undefined) {
      this.told.push({ command, verdict, position: answer.position, events });
      if (answer.replayed) this.replayed += 1;
    }
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  witness(events: readonly FactFragment[]): void {
    for (const event of events) {
      const fact = factOf(event);
      this.head = Math.max(this.head, fact.position);
      const known = this.#witnessed.get(fact.position);
      if (known === undefined) this.#witnessed.set(fact.position, fact);
      else if (!isDeepStrictEqual(known, fact)) {
        this.say(`two events at ${fact.position}: ${known.id} and ${fact.id}, or not alike`);
      }
    }
  }

  say(fault: string): void {
    this.faults.push(fault);
  }

  /** Resolves when so many more commands were answered. */
  async more(count: number): Promise<void> {
    for (let heard = 0; heard < count; heard += 1) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  #check(command: Command, answer: AnswerFragment, verdict: Verdict): void {
    const { commandId, said, may, dryRun, repeats } = command;
    const about = `${commandId} (${said.type})`;
    if (!may.includes(verdict)) {
      this.say(
        `${about} was answered ${verdict}, not ${may.join(' or ')}: ${answer.error?.message}`,
      );
    }
    if (answer.dryRun !== dryRun)
      this.say(`${about} was a dry run, or was not, and told otherwise`);
    if (repeats === undefined) return;
    if (!answer.replayed) this.say(`${about} was sent once more and not known`);
    const { position, events } = answer;
    const isTheSame =
      position === repeats.position && isDeepStrictEqual(events.map(factOf), repeats.events);
    if (!isTheSame) {
      this.say(`${about} was sent once more and answered otherwise`);
    }
  }
}

export const verdictOf = ({ success, error }: AnswerFragment): Verdict =>
  error?.code ?? (success ? 'ACCEPTED' : 'VALIDATION_FAILED');
