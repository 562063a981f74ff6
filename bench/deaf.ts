/**
 * What a hundred subscribers that never read cost one that does, and the server's memory, beside a
 * server without them, in one run. `npm run bench:deaf`; it reads /proc, so it is for Linux.
 */
import { readFileSync } from 'node:fs';
import { receive, startServer, stopServer, subscribe } from './listener.js';
import { median } from './median.js';

const DEAF = 100;
/** Enough to fill what the system holds for a socket, so that the deaf ones are blocked. */
const FILLING = 400;
const MEASURED = 300;
const PAGE_BYTES = 4_096;
const READER = 'subscription { events { position event { id type } } }';
const MUCH = Array.from({ length: 400 }, (_, index) => `d${index}: data`).join(' ');
const GREEDY = `subscription { events { event { ${MUCH} } } }`;

const without = await measure(0);
const beside = await measure(DEAF);
const each = (beside.mebibytes - without.mebibytes) / DEAF;
process.stdout.write(
  [
    `delay of the reader: ${without.delay.toFixed(2)} ms alone, ${beside.delay.toFixed(2)} ms beside ${DEAF} that never read, ratio ${(beside.delay / without.delay).toFixed(2)}`,
    `memory of the server: ${without.mebibytes.toFixed(0)} MiB and ${beside.mebibytes.toFixed(0)} MiB, ratio ${(beside.mebibytes / without.mebibytes).toFixed(2)}, ${each.toFixed(2)} MiB for each of them`,
    '',
  ].join('\n'),
);

async function measure(deaf: number): Promise<{ delay: number; mebibytes: number }> {
  const server = await startServer('hindsight');
  try {
    const silent = await Promise.all(
      Array.from({ length: deaf }, async () => {
        const socket = await subscribe(server, GREEDY);
        socket.pause();
        return socket;
      }),
    );
    const reader = await subscribe(server, READER);
    const filled = receive(reader, FILLING);
    server.process.send(FILLING);
    await filled;
    const delays: number[] = [];
    for (let event = 0; event < MEASURED; event += 1) {
      const come = receive(reader, 1);
      const from = performance.now();
      server.process.send(1);
      await come;
      delays.push(performance.now() - from);
    }
    const mebibytes = residentBytes(server.process.pid) / (1 << 20);
    for (const socket of [...silent, reader]) socket.terminate();
    return { delay: median(delays), mebibytes };
  } finally {
    await stopServer(server);
  }
}

function residentBytes(pid: number | undefined): number {
  const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return Number(pages) * PAGE_BYTES;
}
