import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** The built server as a process of its own, which may be killed and started anew. */
export interface RestartableServer {
  readonly url: string;
  /** SIGKILL, and then the same again on the same folder and port. */
  readonly restart: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Not test/support/process.ts: that one needs vitest, and the long run is without. */
export async function startRestartable(dataDir: string): Promise<RestartableServer> {
  const port = await freePort();
  let running = await start(dataDir, port);
  return {
    url: `http://127.0.0.1:${port}`,
    restart: async () => {
      await running.kill();
      running = await start(dataDir, port);
    },
    kill: () => running.kill(),
  };
}

async function start(dataDir: string, port: number) {
  const env = { PATH: process.env['PATH'] ?? '', PORT: `${port}`, DATA_DIR: dataDir };
  const child = spawn(process.execPath, ['dist/main.js'], { env: { ...env, LOG_LEVEL: 'info' } });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const { url }: { url?: string } = JSON.parse(line);
    if (url === undefined) continue;
    // Nobody reads on: what it logs must not fill the pipe.
    child.stdout.resume();
    return { kill };
  }
  throw new Error(`the server ended before it listened: ${stderr}`);
}

/**
 * A port that a server can have again after it was killed: not one of those that the system hands out,
 * or a client that tries to connect meanwhile might be given it.
 */
async function freePort(): Promise<number> {
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
