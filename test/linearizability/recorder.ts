import { Agent } from 'node:http';
import { randomOf, type Random } from '../soak/random.js';
import { asker, type Ask } from './ask.js';
import type {
  Answer,
  Command,
  CommandInput,
  CommandOutput,
  History,
  Operation,
  Read,
  ReadInput,
  ReadOutput,
  User,
} from './history.js';
import { pickAggregate, planCommand, planRead } from './plan.js';
import { COMMANDS, HEAD, USER } from './questions.js';

export interface Workload {
  /** How many operations are under way at a time. */
  readonly clients: number;
  /** How many in all, with a last read of each aggregate. */
  readonly operations: number;
  readonly aggregates: number;
  /** Chooses what is asked, and of which server; names the aggregates, which no log may have before. */
  readonly seed: number;
  /** How many milliseconds a server may leave a request without a sign of life. */
  readonly patience?: number;
}

/** The addresses of servers that share one log. */
export type Servers = readonly [string, ...string[]];

/**
 * How many milliseconds a connection is kept without work. Servers close theirs after 5 s, and a request
 * that crosses that on its way is not answered.
 */
const IDLE_AT_MOST = 1_000;

/** Works on servers with many clients at once, each request at a server by chance. */
export async function recordHistory(servers: Servers, workload: Workload): Promise<History> {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_AT_MOST });
  try {
    return await new Recorder(servers, workload, asker(agent, workload.patience ?? 10_000)).run();
  } finally {
    agent.destroy();
  }
}

class Recorder {
  readonly #history: Operation[] = [];
  readonly #aggregates: readonly string[];
  readonly #known = new Map<string, User>();
  #furthest = 0;
  #begun = 0;
  #processes = 0;

  constructor(
    private readonly servers: Servers,
    private readonly workload: Workload,
    private readonly ask: Ask,
  ) {
    const { seed, aggregates } = workload;
    this.#aggregates = Array.from({ length: aggregates }, (_, i) => `history-${seed}-${i}`);
  }

  async run(): Promise<History> {
    const { seed, clients, operations } = this.workload;
    const random = randomOf(seed);
    const before = operations - this.#aggregates.length;
    await Promise.all(Array.from({ length: clients }, () => this.#work(random.fork(), before)));
    const last = this.#aggregates.map((aggregate) =>
      this.#read(random, this.#newProcess(), aggregate, { consistentWith: 'head' }),
    );
    await Promise.all(last);
    return this.#history;
  }

  async #work(random: Random, until: number): Promise<void> {
    let process = this.#newProcess();
    while (this.#begun < until) {
      const aggregate = pickAggregate(random, this.#aggregates);
      const { returned } = await (random.below(2) === 0
        ? this.#read(random, process, aggregate, planRead(random, this.#furthest))
        : this.#command(random, process, aggregate));
      // Nobody knows what became of the operation: this process may still be at it.
      if (returned === null) process = this.#newProcess();
    }
  }

  async #read(
    random: Random,
    process: number,
    aggregate: string,
    input: ReadInput,
  ): Promise<Operation> {
    const id = this.#begun++;
    const invoked = performance.now();
    const answer = await answerOf(this.#lookUp(random, aggregate, input));
    return this.#note({ kind: 'read', id, process, aggregate, input, invoked, ...answer });
  }

  async #lookUp(random: Random, id: string, { consistentWith }: ReadInput): Promise<ReadOutput> {
    const position =
      consistentWith === 'head'
        ? await this.ask(random.oneOf(this.servers), HEAD, {})
        : consistentWith;
    const variables = { id, position: String(position) };
    return { position, user: await this.ask(random.oneOf(this.servers), USER, variables) };
  }

  async #command(random: Random, process: number, aggregate: string): Promise<Operation> {
    const id = this.#begun++;
    const input = planCommand(random, this.#known.get(aggregate) ?? null, `name-${id}`);
    const invoked = performance.now();
    const answer = await answerOf(this.#carryOut(random, aggregate, input));
    return this.#note({ kind: 'command', id, process, aggregate, input, invoked, ...answer });
  }

  #carryOut(random: Random, id: string, input: CommandInput): Promise<CommandOutput> {
    const { type, ...variables } = input;
    return this.ask(random.oneOf(this.servers), COMMANDS[type], { id, ...variables });
  }

  #note(operation: Command | Read): Operation {
    this.#history.push(operation);
    if (operation.output === null) return operation;
    const { aggregate, output } = operation;
    const { user } = output;
    if (user !== null && user.version > (this.#known.get(aggregate)?.version ?? 0)) {
      this.#known.set(aggregate, user);
    }
    if ('position' in output) this.#furthest = Math.max(this.#furthest, output.position);
    return operation;
  }

  readonly #newProcess = (): number => this.#processes++;
}

async function answerOf<Output>(promised: Promise<Output>): Promise<Answer<Output>> {
  try {
    const output = await promised;
    return { returned: performance.now(), output };
  } catch (error) {
    return { returned: null, output: null, failure: String(error) };
  }
}
