import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Jobs } from '../cells/orders.js';
import { undoAtExit } from './leftovers.js';

/** A server under measurement; whoever starts it stops it. */
export interface Running {
  /** Where it takes GraphQL. */
  readonly url: string;
  readonly pid: number;
  /** What it was started with: a command with the same works on the same log. */
  readonly settings: Settings;
  stop(): Promise<void>;
}

/** A process that answers each message with one. */
export interface Told {
  tell<Answer>(message: object | number | string): Promise<Answer>;
}

const BENCH = new URL('../', import.meta.url);
const MAIN = fileURLToPath(new URL('../../../../dist/main.js', import.meta.url));

export type Settings = Readonly<Record<string, string>>;

/** What Node.js is given by `npm start`: all servers have it, and all that does their work here. */
const FLAGS = ['--max-semi-space-size=64'];

/** Nothing of this process's own environment goes into what is measured. */
const environment = (settings: Settings = {}): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  NODE_ENV: 'production',
  ...settings,
});

/** A server of the bench, such as `servers/floor.js`, which tells its port. */
export async function startServer(
  script: string,
  args: readonly string[] = [],
): Promise<Running & Told> {
  const child = forked(script, args);
  const { port } = await message<{ port: number }>(child, script);
  return { ...running(child, `http://127.0.0.1:${port}/graphql`), ...told(child, script) };
}

/** Hindsight as it is run: its build, with its own defaults but for these settings. */
export async function startHindsight(settings: Settings): Promise<Running> {
  const child = guarded(
    spawn(process.execPath, [...FLAGS, MAIN], {
      env: environment({ PORT: '0', ...settings }),
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const { stdout } = child;
  if (stdout === null) throw new Error('there is no output to be read');
  const url = await urlIn(stdout);
  // What else it says is of no interest, but has to be taken.
  stdout.resume();
  return running(child, `${url}/graphql`, settings);
}

/** One of its other commands, such as import, from its input to its end. */
export async function runHindsight(
  args: readonly string[],
  settings: Settings,
  input: Iterable<string> = [],
): Promise<void> {
  const child = guarded(
    spawn(process.execPath, [MAIN, ...args], {
      env: environment(settings),
      stdio: ['pipe', 'ignore', 'inherit'],
    }),
  );
  const { stdin } = child;
  if (stdin === null) throw new Error('there is no input to be written');
  const ended = once(child, 'exit');
  await pipeline(input, stdin);
  const [code]: unknown[] = await ended;
  if (code !== 0) throw new Error(`hindsight ${args.join(' ')} ended with ${String(code)}`);
}

/** Where Hindsight says that it listens. */
async function urlIn(stdout: Readable): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const { url }: { url?: string } = JSON.parse(line);
    if (url !== undefined) return url;
  }
  throw new Error('Hindsight ended before it listened');
}

/** Has a script do its work in a process of its own, and waits until that has ended. */
export async function tell<Script extends keyof Jobs>(
  script: Script,
  told: Jobs[Script]['told'],
): Promise<Jobs[Script]['answer']> {
  const child = forked(script);
  const ended = once(child, 'exit');
  child.send(told);
  const answer = await message<Jobs[Script]['answer']>(child, script);
  await ended;
  return answer;
}

/** A process of the bench that asks a server, and is told what. */
export function startAsker(script: string): Told & Pick<Running, 'stop'> {
  const child = forked(script);
  return { ...running(child, ''), ...told(child, script) };
}

const forked = (script: string, args: readonly string[] = []): ChildProcess =>
  guarded(
    fork(new URL(script, BENCH), args, {
      env: environment(),
      execArgv: FLAGS,
      // Libraries that tell standard output of every error are not to fill the terminal.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );

/** One that does not outlive this process. */
function guarded(child: ChildProcess): ChildProcess {
  child.once(
    'exit',
    undoAtExit(() => void child.kill('SIGKILL')),
  );
  return child;
}

/** The first that it sends. */
async function message<T>(child: ChildProcess, name: string): Promise<T> {
  // Whichever comes, nobody waits for the other any more.
  const heard = new AbortController();
  const { signal } = heard;
  const ended = once(child, 'exit', { signal }).then(() => []);
  const [sent]: T[] = await Promise.race([once(child, 'message', { signal }), ended]);
  ended.catch(() => undefined);
  heard.abort();
  if (sent === undefined) throw new Error(`${name} ended before it said anything`);
  return sent;
}

const told = (child: ChildProcess, name: string): Told => ({
  tell(order) {
    child.send(order);
    return message(child, name);
  },
});

function running(child: ChildProcess, url: string, settings: Settings = {}): Running {
  const ended = once(child, 'exit');
  return {
    url,
    pid: child.pid ?? 0,
    settings,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
