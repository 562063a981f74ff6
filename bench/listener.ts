import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

/** A server in a process of its own that appends as many events as it is sent a number. */
export interface BenchServer {
  readonly process: ChildProcess;
  readonly port: number;
}

export async function startServer(kind: 'hindsight' | 'bare'): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL('fanout-server.ts', import.meta.url)), [kind], {
    execArgv: ['--import', 'tsx'],
  });
  const [port]: number[] = await once(child, 'message');
  return { process: child, port: Number(port) };
}

export async function stopServer({ process: child }: BenchServer): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** A listener, once it is told that listening has begun. */
export async function subscribe({ port }: BenchServer, query: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  await once(socket, 'message');
  return socket;
}

/** Resolves when so many messages have come. */
export function receive(socket: WebSocket, messages: number): Promise<void> {
  return new Promise((resolve) => {
    let left = messages;
    const count = () => {
      left -= 1;
      if (left > 0) return;
      socket.off('message', count);
      resolve();
    };
    socket.on('message', count);
  });
}
