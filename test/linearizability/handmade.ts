import type { Command, CommandOutput, Operation, Read, Sighting, User } from './history.js';

export type Interval = readonly [invoked: number, returned: number];

/** Operations told one by one, on the aggregate `ada` unless another is named. */
export class Script {
  readonly operations: Operation[] = [];

  creates(
    interval: Interval,
    name: string,
    position: number,
    { aggregate = 'ada', version = 1, user = { version, name } }: Partial<Told> = {},
  ): this {
    const output = { result: 'applied', version, position, user } as const;
    return this.#command(interval, { type: 'create', name }, output, aggregate);
  }

  /** Succeeds with the next version, unless something else is told. */
  renames(
    interval: Interval,
    expectedVersion: number,
    name: string,
    position: number,
    told: Partial<Told> = {},
  ): this {
    const { aggregate = 'ada', version = expectedVersion + 1, user = { version, name } } = told;
    const output = { result: 'applied', version, position, user } as const;
    return this.#command(interval, { type: 'rename', name, expectedVersion }, output, aggregate);
  }

  isRefused(
    interval: Interval,
    expectedVersion: number,
    name: string,
    user: User,
    missed: readonly Sighting[] = [],
  ): this {
    const output = { result: 'conflict', actualVersion: user.version, missed, user } as const;
    return this.#command(interval, { type: 'rename', name, expectedVersion }, output);
  }

  changesNothing(
    interval: Interval,
    { version, name }: User,
    position: number,
    user: User | null = { version, name },
  ): this {
    const input = { type: 'rename', name, expectedVersion: version } as const;
    return this.#command(interval, input, { result: 'unchanged', position, user });
  }

  isAnswered(interval: Interval, input: Command['input'], output: CommandOutput): this {
    return this.#command(interval, input, output);
  }

  isNotAnswered(invoked: number, input: Command['input']): this {
    return this.#add({
      ...this.#asked('ada', invoked),
      kind: 'command',
      input,
      returned: null,
      output: null,
      failure: 'cut off',
    });
  }

  reads(
    [invoked, returned]: Interval,
    user: User | null,
    position: number,
    { aggregate = 'ada', consistentWith = 'head' }: Partial<Asked> = {},
  ): this {
    const asked = this.#asked(aggregate, invoked);
    const output = { position, user };
    return this.#add({ ...asked, kind: 'read', input: { consistentWith }, returned, output });
  }

  #command(
    [invoked, returned]: Interval,
    input: Command['input'],
    output: CommandOutput,
    aggregate = 'ada',
  ): this {
    const asked = this.#asked(aggregate, invoked);
    return this.#add({ ...asked, kind: 'command', input, returned, output });
  }

  #asked(aggregate: string, invoked: number) {
    const id = this.operations.length;
    return { id, process: id, aggregate, invoked };
  }

  #add(operation: Operation): this {
    this.operations.push(operation);
    return this;
  }
}

interface Told {
  readonly aggregate: string;
  readonly version: number;
  readonly user: User | null;
}

interface Asked {
  readonly aggregate: string;
  readonly consistentWith: Read['input']['consistentWith'];
}

/** A user in one word: `v(2, 'Ada')`. */
export const v = (version: number, name: string): User => ({ version, name });
