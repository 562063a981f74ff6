import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** Of pino: what stands above `info`. */
const WARNING = 40;
const ERROR = 50;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built server as a process of its own. */
export interface Program {
  readonly pid: number | undefined;
  /** Rejects when it ends before it listens. */
  readonly listening: Promise<void>;
  readonly exited: Promise<Exit>;
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<Exit>;
  readonly stderr: () => string;
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

/** Not test/support/process.ts: that one needs vitest, and the long runs are without. */
export function launch(dataDir: string, port: number, flags: readonly string[] = []): Program {
  const child = spawn(process.execPath, [...flags, 'dist/main.js'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: `${port}`, DATA_DIR: dataDir, LOG_LEVEL: 'info' },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [warnings, errors]: [string[], string[]] = [[], []];
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const listening = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { url, level }: { url?: string; level: number } = JSON.parse(line);
      if (url !== undefined) resolve();
      if (level === WARNING) warnings.push(line);
      if (level >= ERROR) errors.push(line);
    });
    child.once('close', () => reject(new Error(`the server ended before it listened: ${stderr}`)));
  });
  // Whoever kills it at once does not wait for it.
  listening.catch(() => undefined);
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  return { pid: child.pid, listening, exited, end, stderr: () => stderr, warnings, errors };
}

/** A server that may be killed and started anew. */
export interface RestartableServer {
  readonly url: string;
  /** SIGKILL, and then the same again on the same folder and port. */
  readonly restart: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

export async function startRestartable(dataDir: string): Promise<RestartableServer> {
  const port = await freePort();
  let running = launch(dataDir, port);
  await running.listening;
  const kill = async () => {
    await running.end('SIGKILL');
  };
  return {
    url: urlAt(port),
    restart: async () => {
      await kill();
      running = launch(dataDir, port);
      await running.listening;
    },
    kill,
  };
}

export const urlAt = (port: number): string => `http://127.0.0.1:${port}`;

/**
 * A port that a server can have again after it was killed: not one of those that the system hands out,
 * or a client that tries to connect meanwhile might be given it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
