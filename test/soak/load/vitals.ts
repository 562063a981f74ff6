import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import type { Program } from '../program.js';

/** With it, a server can be asked for its heap from outside. */
export const INSPECTABLE: readonly string[] = ['--inspect=127.0.0.1:0'];

/** How a process is, in bytes; the heap as it is when all garbage has been collected. */
export interface Vitals {
  readonly heap: number;
  readonly resident: number;
  readonly descriptors: number;
}

/** Linux alone tells the last two. */
export async function vitalsOf(program: Program): Promise<Vitals> {
  const descriptors = await descriptorsOf(program);
  const heap = await heapOf(program);
  return { heap, resident: await residentOf(program), descriptors };
}

export async function descriptorsOf({ pid }: Program): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

async function residentOf({ pid }: Program): Promise<number> {
  const [, kibibytes] =
    /^VmRSS:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1_024;
}

/** Over the protocol of Node's inspector, so that the product needs no door of its own for it. */
export async function heapOf(program: Pick<Program, 'stderr'>): Promise<number> {
  const [url] = /ws:\/\/127\.0\.0\.1:\d+\/\S+/.exec(program.stderr()) ?? [];
  if (url === undefined) throw new Error(`there is no inspector: ${program.stderr()}`);
  const socket = new WebSocket(url);
  try {
    await once(socket, 'open');
    await call(socket, 1, 'HeapProfiler.collectGarbage');
    return (await call(socket, 2, 'Runtime.getHeapUsage'))?.usedSize ?? Number.NaN;
  } finally {
    socket.terminate();
  }
}

interface Reply {
  readonly id?: number;
  readonly result?: { readonly usedSize?: number };
}

function call(socket: WebSocket, id: number, method: string): Promise<Reply['result']> {
  return new Promise((resolve, reject) => {
    const take = (data: Buffer) => {
      const reply: Reply = JSON.parse(data.toString());
      if (reply.id !== id) return;
      socket.off('message', take);
      resolve(reply.result);
    };
    socket.on('message', take);
    socket.once('close', () => reject(new Error(`the inspector went away before ${method}`)));
    socket.send(JSON.stringify({ id, method }));
  });
}
