import { appendFile, readFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { serve, type RunningServer } from '../../src/cli/serve.js';
import type { Config } from '../../src/config.js';
import type { StoreName } from '../../src/stores/index.js';
import { post } from '../linearizability/ask.js';
import { configOf } from '../support/server.js';
import { expectSame } from './same.js';

const SILENT = pino({ level: 'silent' });
const PATIENCE = 30_000;

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) }))
    .optional(),
});

export type Answer = z.infer<typeof answer>;
export type Variables = Readonly<Record<string, unknown>>;
export type Distort = (said: Variables) => Variables;

/** The whole of Hindsight on one log, started anew as often as asked. */
export class Server {
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly config: Config<StoreName>,
    private running: RunningServer,
    private readonly distort: Distort,
  ) {}

  /** On the log of a folder, or of the database that stands for it. */
  static async start(folder: string, distort: Distort = (said) => said): Promise<Server> {
    const config = await configOf({ DATA_DIR: folder });
    return new Server(config, await serve(config, SILENT), distort);
  }

  get url(): string {
    return this.running.url;
  }

  get keepsFile(): boolean {
    return this.config.store === 'lowdb';
  }

  async ask(query: string, variables: Variables = {}): Promise<Answer> {
    const body = JSON.stringify({ query, variables: this.distort(variables) });
    const { status, content } = await post(this.#agent, `${this.url}/graphql`, body, PATIENCE);
    if (status !== 200) throw new Error(`HTTP ${status}: ${content}`);
    return answer.parse(JSON.parse(content));
  }

  /** Asks what must be answered without an error. */
  async data(query: string, variables?: Variables): Promise<Readonly<Record<string, unknown>>> {
    const { data, errors } = await this.ask(query, variables);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data ?? {};
  }

  async restart(whileDown: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.running.stop();
    await whileDown();
    this.running = await serve(this.config, SILENT);
  }

  /** Started anew after a crash that cut a write short: a part of a line is all that is left of it. */
  async restartTorn(part: number): Promise<void> {
    const path = join(this.config.dataDir, 'log.jsonl');
    const log = await readFile(path, 'utf8');
    const line = log.trimEnd().split('\n').at(-1) ?? '';
    const torn = line.slice(0, 1 + Math.floor(part * (line.length - 1)));
    await this.restart(() => appendFile(path, torn));
    expectSame(await readFile(path, 'utf8'), log);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    await this.running.stop();
  }
}
