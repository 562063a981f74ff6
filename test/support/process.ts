import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A program as a process of its own, killed when the test ends. */
export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code; null for a process that a signal ended. */
  readonly exited: Promise<number | null>;
}

/** Runs `node dist/main.js` with these arguments and settings, and nothing else in its environment. */
export const runProgram = (args: readonly string[], env: Record<string, string> = {}): Program =>
  runNode(['dist/main.js', ...args], env);

/** Runs node with these arguments and settings, and nothing else in its environment. */
export const runNode = (args: readonly string[], env: Record<string, string> = {}): Program =>
  run(process.execPath, args, env);

/** Runs a program with these arguments and settings, and nothing else in its environment. */
export function run(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Program {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return { child, stdout: () => stdout, stderr: () => stderr, exited };
}

/** Starts a server process on a free port and answers once it says where it listens. */
export async function startProgram(
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<Program & { readonly url: string }> {
  const program = runProgram(args, { PORT: '0', ...env });
  return { ...program, url: await urlOf(program) };
}

/** Where a server process says that it listens. */
export async function urlOf(program: Program): Promise<string> {
  for await (const line of createInterface({ input: program.child.stdout })) {
    const { url }: { url?: string } = JSON.parse(line);
    if (url !== undefined) return url;
  }
  throw new Error(`the server ended before it listened: ${program.stderr()}`);
}

/** Gives a program its whole input at once and answers the lines that it wrote. */
export async function linesFrom(program: Program, input: readonly string[]): Promise<string[]> {
  program.child.stdin.end(input.map((line) => `${line}\n`).join(''));
  await program.exited;
  return program.stdout().split('\n').slice(0, -1);
}
