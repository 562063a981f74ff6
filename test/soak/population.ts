import type { AnswerFragment } from '../generated/graphql.js';
import type { Command, First, Said, Verdict } from './commands.js';
import { factOf } from './facts.js';
import type { Random } from './random.js';

/** Few, so that clients get into each other's way. */
const RESIDENTS = 40;
/** How many of the last commands may be sent once more. */
const REMEMBERED = 500;

interface Resident {
  readonly id: string;
  /** As it was last heard of. */
  version: number;
}

export const residentId = (number: number): string => `resident-${number}`;
export const someResident = (random: Random): string => residentId(random.below(RESIDENTS));
/** Fewer than residents, so that they go from hand to hand. */
export const ADDRESSES: readonly string[] = Array.from(
  { length: 25 },
  (_, number) => `box-${number}@example.org`,
);
const someAddress = (random: Random): string => ADDRESSES[random.below(ADDRESSES.length)] ?? '';

/** Users as clients know of them, and what may be asked of them next. */
export class Population {
  #commands = 0;
  readonly #residents: readonly Resident[] = Array.from({ length: RESIDENTS }, (_, number) => ({
    id: residentId(number),
    version: 0,
  }));
  readonly #remembered: { readonly command: Command; readonly first: First }[] = [];

  /** What became of a command, as its sender was told. */
  learn(command: Command, answer: AnswerFragment): void {
    if (command.dryRun) return;
    const resident = this.#residents.find(({ id }) => id === answer.user?.id);
    if (resident !== undefined && answer.user) {
      resident.version = Math.max(resident.version, answer.user.version);
    }
    if (answer.events.length === 0 || answer.replayed) return;
    const first = { position: answer.position, events: answer.events.map(factOf) };
    this.#remembered.push({ command, first });
    if (this.#remembered.length > REMEMBERED) this.#remembered.shift();
  }

  /** A resident and a version that it has had, once all are founded. */
  someVersion(random: Random): Readonly<Resident> {
    const { id, version } = this.#residents[random.below(RESIDENTS)] ?? { id: '', version: 0 };
    return { id, version: 1 + random.below(Math.max(1, version)) };
  }

  next(random: Random): Command {
    const resident = this.#residents[random.below(RESIDENTS)];
    if (resident === undefined) throw new Error('nobody lives here');
    const { id, version } = resident;
    if (version === 0) return this.#found(id, random.below(2) === 0 ? someAddress(random) : null);
    const dice = random.below(100);
    if (dice < 62) return this.#change(random, resident);
    if (dice < 75) return this.#visit(random);
    if (dice < 80) return this.#repeat(random) ?? this.#visit(random);
    return this.#meantToFail(random, resident);
  }

  /** Makes sure of every resident, where all must be there. */
  founders(): readonly Command[] {
    return this.#residents.map(({ id }) => this.#found(id, null));
  }

  /** The first command on a resident; several clients may come to it. */
  #found(id: string, email: string | null): Command {
    const said: Said = { type: 'create', id, name: this.#name(), email };
    return this.#command(said, 0, ['ACCEPTED', 'ALREADY_EXISTS', 'EMAIL_TAKEN']);
  }

  #change(random: Random, { id, version }: Resident): Command {
    const dice = random.below(62);
    const dryRun = random.below(12) === 0;
    const right: readonly Verdict[] = ['ACCEPTED', 'VERSION_CONFLICT', 'DEACTIVATED'];
    if (dice < 32) {
      return this.#command({ type: 'rename', id, name: this.#name() }, version, right, dryRun);
    }
    if (dice < 48) {
      const email = random.below(4) === 0 ? null : someAddress(random);
      const may: readonly Verdict[] = [...right, 'EMAIL_TAKEN'];
      return this.#command({ type: 'changeEmail', id, email }, version, may, dryRun);
    }
    if (dice < 50) return this.#command({ type: 'deactivate', id }, version, right, dryRun);
    const may: readonly Verdict[] = ['ACCEPTED', 'VERSION_CONFLICT', 'EMAIL_TAKEN'];
    return this.#command({ type: 'reactivate', id }, version, may, dryRun);
  }

  /** Somebody of whom nobody hears again; to do it twice would be seen in nothing but the log. */
  #visit(random: Random): Command {
    const id = random.below(2) === 0 ? null : `visitor-${this.#commands}`;
    return this.#command({ type: 'create', id, name: this.#name(), email: null }, 0, ['ACCEPTED']);
  }

  #repeat(random: Random): Command | undefined {
    const known = this.#remembered[random.below(this.#remembered.length)];
    return known && sentAgain(known.command, known.first);
  }

  #meantToFail(random: Random, { id, version }: Resident): Command {
    const name = this.#name();
    switch (random.below(5)) {
      case 0:
        return this.#command({ type: 'rename', id, name: ' ' }, version, ['VALIDATION_FAILED']);
      case 1:
        return this.#command({ type: 'create', id, name, email: null }, 0, ['ALREADY_EXISTS']);
      case 2:
        return this.#command({ type: 'rename', id: 'nobody', name }, 0, ['NOT_FOUND']);
      case 3: {
        const known = this.#remembered[random.below(this.#remembered.length)];
        const command = this.#command({ type: 'rename', id, name }, version, ['COMMAND_ID_REUSED']);
        return known === undefined ? this.#visit(random) : { ...command, ...idOf(known.command) };
      }
      default: {
        // As for version 0, the domain would speak first.
        if (version < 2) return this.#visit(random);
        const stale = 1 + random.below(version - 1);
        return this.#command({ type: 'rename', id, name }, stale, ['VERSION_CONFLICT']);
      }
    }
  }

  #command(said: Said, expectedVersion: number, may: readonly Verdict[], dryRun = false): Command {
    this.#commands += 1;
    const commandId = `command-${this.#commands}`;
    return { said, expectedVersion, commandId, dryRun, may };
  }

  /** Every name is another, so that every renaming is a change. */
  #name(): string {
    return `Name ${this.#commands}`;
  }
}

export const sentAgain = (command: Command, repeats: First): Command => ({
  ...command,
  may: ['ACCEPTED'],
  repeats,
});

const idOf = ({ commandId }: Command): Pick<Command, 'commandId'> => ({ commandId });
