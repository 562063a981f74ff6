import type { Random } from '../soak/random.js';
import type {
  CommandInput,
  CommandOutput,
  History,
  Operation,
  ReadInput,
  ReadOutput,
  Sighting,
  User,
} from './history.js';
import { pickAggregate, planCommand, planRead } from './plan.js';
import { carryOut } from './register.js';

/** What a server may do wrong, once in a history. */
export const MISDEEDS = [
  'loses an update',
  'forgets what it acknowledged',
  'applies twice',
  'carries out what it refuses',
  'refuses what it should carry out',
  'skips a version',
  'reads what is past',
  'reads what nobody wrote',
  'gives a position twice',
  'lets positions lag behind time',
] as const;

export type Misdeed = (typeof MISDEEDS)[number];

/** Servers in memory that share one log: right, but for a misdeed. */
class Register {
  isGuilty = false;
  #head = 0;
  readonly #streams = new Map<string, readonly Sighting[]>();

  constructor(
    private readonly random: Random,
    private readonly misdeed: Misdeed | null,
  ) {}

  get head(): number {
    return this.#head;
  }

  read(aggregate: string, position: number): User | null {
    const stream = this.#stream(aggregate);
    if (stream.length > 1 && this.#does('reads what is past')) return userOf(stream.at(-2));
    if (this.#does('reads what nobody wrote'))
      return { version: stream.length + 1, name: 'nobody' };
    // A projection may be anywhere from the position that was asked for to the end of the log.
    const oldest = stream.filter((event) => event.position <= position).length;
    const shown = oldest + this.random.below(stream.length - oldest + 1);
    return userOf(stream[shown - 1]);
  }

  command(aggregate: string, input: CommandInput): CommandOutput {
    const stream = this.#stream(aggregate);
    const current = userOf(stream.at(-1));
    const { result, after } = carryOut(current, input);
    switch (result) {
      case 'applied':
        return this.#apply(aggregate, input.name);
      case 'unchanged':
        return { result, position: this.#head, user: after };
      case 'exists':
      case 'missing':
        return { result, user: after };
      case 'conflict': {
        if (this.#does('loses an update')) return this.#apply(aggregate, input.name);
        if (this.#does('carries out what it refuses')) this.#apply(aggregate, input.name);
        return conflict(stream, 'expectedVersion' in input ? input.expectedVersion : 0);
      }
      default:
        return result satisfies never;
    }
  }

  #apply(aggregate: string, name: string): CommandOutput {
    const stream = this.#stream(aggregate);
    const last = stream.length;
    if (last > 0 && this.#does('refuses what it should carry out')) return conflict(stream, last);
    const version = (stream.at(-1)?.version ?? 0) + (this.#does('skips a version') ? 2 : 1);
    const position = this.#nextPosition();
    const event = { version, position, name };
    const again = { version: version + 1, position: position + 1, name };
    if (this.#does('applies twice')) {
      this.#head += 1;
      this.#streams.set(aggregate, [...stream, event, again]);
    } else if (!this.#does('forgets what it acknowledged')) {
      this.#streams.set(aggregate, [...stream, event]);
    }
    return { result: 'applied', version, position, user: { version, name } };
  }

  #nextPosition(): number {
    if (this.#head > 0 && this.#does('gives a position twice')) return this.#head;
    this.#head += 1;
    if (this.#head < 20 || !this.#does('lets positions lag behind time')) return this.#head;
    return this.#head - 10.5;
  }

  #stream(aggregate: string): readonly Sighting[] {
    return this.#streams.get(aggregate) ?? [];
  }

  #does(misdeed: Misdeed): boolean {
    const does = !this.isGuilty && misdeed === this.misdeed && this.random.below(20) === 0;
    if (does) this.isGuilty = true;
    return does;
  }
}

const userOf = (event: Sighting | undefined): User | null =>
  event === undefined ? null : { version: event.version, name: event.name };

function conflict(stream: readonly Sighting[], expectedVersion: number): CommandOutput {
  const user = userOf(stream.at(-1));
  const missed = stream.filter(({ version }) => version > expectedVersion).slice(0, 100);
  return { result: 'conflict', actualVersion: user?.version ?? 0, missed, user };
}

export interface Simulated {
  readonly history: History;
  /** Whether the misdeed was done. */
  readonly isGuilty: boolean;
}

interface Settings {
  readonly clients: number;
  readonly operations: number;
  readonly aggregates: number;
  readonly misdeed: Misdeed | null;
}

/** A step of an operation, from which it goes on later; undefined when it has ended. */
type Steps = Generator<void, void, void>;

/** Clients at work on servers of which nothing is known but what they answer; some answers are lost. */
export function simulate(random: Random, settings: Settings): Simulated {
  const simulation = new Simulation(random, settings);
  return { history: simulation.run(), isGuilty: simulation.register.isGuilty };
}

class Simulation {
  readonly register: Register;
  readonly #history: Operation[] = [];
  readonly #aggregates: readonly string[];
  readonly #known = new Map<string, User>();
  #underWay: Steps[] = [];
  #time = 0;
  #begun = 0;

  constructor(
    private readonly random: Random,
    private readonly settings: Settings,
  ) {
    this.register = new Register(random.fork(), settings.misdeed);
    this.#aggregates = Array.from({ length: settings.aggregates }, (_, i) => `a${i}`);
  }

  run(): History {
    const { clients, operations } = this.settings;
    this.#underWay = Array.from({ length: clients }, () => this.#begin());
    while (this.#underWay.length > 0) {
      this.#time += 1;
      const chosen = this.random.below(this.#underWay.length);
      if (this.#underWay[chosen]?.next().done !== true) continue;
      if (this.#begun < operations) this.#underWay[chosen] = this.#begin();
      else this.#underWay.splice(chosen, 1);
    }
    return this.#history;
  }

  #begin(): Steps {
    const aggregate = pickAggregate(this.random, this.#aggregates);
    return this.random.below(2) === 0 ? this.#read(aggregate) : this.#command(aggregate);
  }

  *#read(aggregate: string): Steps {
    const input = planRead(this.random, this.register.head);
    const asked = { ...this.#asked(aggregate), kind: 'read' as const, input };
    yield;
    const output = yield* this.#lookUp(aggregate, input);
    yield;
    this.#history.push({ ...asked, returned: this.#time, output });
  }

  *#lookUp(aggregate: string, input: ReadInput): Generator<void, ReadOutput, void> {
    if (input.consistentWith !== 'head') {
      const position = input.consistentWith;
      return { position, user: this.register.read(aggregate, position) };
    }
    const position = this.register.head;
    yield;
    return { position, user: this.register.read(aggregate, position) };
  }

  *#command(aggregate: string): Steps {
    const known = this.#known.get(aggregate) ?? null;
    const input = planCommand(this.random, known, `n${this.#begun}`);
    const asked = { ...this.#asked(aggregate), kind: 'command' as const, input };
    yield;
    if (this.random.below(30) === 0) {
      this.#history.push({ ...asked, returned: null, output: null, failure: 'cut off' });
      for (let delay = this.random.below(20); delay > 0; delay -= 1) yield;
      if (this.random.below(2) === 0) this.register.command(aggregate, input);
      return;
    }
    const output = this.register.command(aggregate, input);
    yield;
    if (output.user !== null) this.#known.set(aggregate, output.user);
    this.#history.push({ ...asked, returned: this.#time, output });
  }

  #asked(aggregate: string) {
    const id = this.#begun++;
    return { id, process: id, aggregate, invoked: this.#time };
  }
}
