import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askAt } from '../http.js';
import { inspect, type Shown } from '../inspection.js';
import { freePort, launch, urlAt, type Program } from '../program.js';
import { heapOf, INSPECTABLE } from './vitals.js';

/** The heap of a server that has just opened the first so many commits of a log. */
export async function freshHeap(dataDir: string, commits: number): Promise<number> {
  return opened(dataDir, commits, heapOf);
}

/** All that a server shows that has just opened a log. */
export async function freshShown(dataDir: string): Promise<Shown> {
  return opened(dataDir, Number.POSITIVE_INFINITY, (_, url) => {
    return inspect((document, variables) => askAt(url, document, variables));
  });
}

async function opened<Found>(
  dataDir: string,
  commits: number,
  look: (server: Program, url: string) => Promise<Found>,
): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'hindsight-fresh-'));
  try {
    await cp(dataDir, folder, { recursive: true });
    const log = join(folder, 'log.jsonl');
    const lines = (await readFile(log, 'utf8')).split('\n').slice(0, -1).slice(0, commits);
    await writeFile(log, lines.map((line) => `${line}\n`).join(''));
    const port = await freePort();
    const server = launch(folder, port, INSPECTABLE);
    try {
      await server.listening;
      return await look(server, urlAt(port));
    } finally {
      await server.end('SIGKILL');
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
