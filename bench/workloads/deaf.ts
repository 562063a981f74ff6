import { readFileSync } from 'node:fs';
import type { Reading, Workload } from '../readings.js';
import { median } from '../report/statistics.js';
import { startServer } from '../servers/processes.js';
import { startSubscribers } from './feed.js';
import { inOrder } from './in-turn.js';

const DEAF = 100;
/** Enough to fill what the system holds for a socket, so that the deaf ones are blocked. */
const FILLING = 3_000;
const MEASURED = 300;
const PAGE_BYTES = 4_096;
/** As often as one document may ask. */
const MUCH = Array.from({ length: 50 }, (_, index) => `d${index}: data`).join(' ');

const subscriptionTo = (fields: string): string =>
  `subscription($after: Position) { events(after: $after) { ${fields} } }`;
const READER = subscriptionTo('position event { id type }');
const GREEDY = subscriptionTo(`event { ${MUCH} }`);

/** The same subscriber alone, and beside those that never read. */
const CELLS = [
  { who: 'alone', deaf: 0 },
  { who: `beside ${DEAF} that never read`, deaf: DEAF },
];

interface Cost {
  readonly milliseconds: number;
  readonly bytes: number;
}

export const deaf: Workload = {
  name: 'deaf',
  about:
    'What a hundred subscribers that never read cost one that does: how long the next event takes to reach it, once so much has happened that the others are blocked, and what memory the server has. Linux only, as it reads `/proc`.',
  async round(round, progress) {
    const costs = new Map<string, Cost>();
    for (const { who, deaf: deafOnes } of inOrder(round, CELLS)) {
      const cost = await measure(deafOnes);
      costs.set(who, cost);
      progress(`${who}: ${cost.milliseconds.toFixed(2)} ms, ${cost.bytes} bytes`);
    }
    const readings = (what: string, unit: 'ms' | 'bytes', valueOf: (cost: Cost) => number) =>
      CELLS.flatMap(({ who }): readonly Reading[] => {
        const cost = costs.get(who);
        return cost === undefined ? [] : [{ what, who, value: valueOf(cost), unit, errors: 0 }];
      });
    return [
      ...readings('delay of an event', 'ms', ({ milliseconds }) => milliseconds),
      ...readings('memory of the server', 'bytes', ({ bytes }) => bytes),
    ];
  },
};

async function measure(deafOnes: number): Promise<Cost> {
  const server = await startServer('servers/events.js');
  const [silent, reader] = [startSubscribers(), startSubscribers()];
  const begin = (query: string, subscribers: number) => ({
    through: 0,
    begin: { url: server.url, query, afters: Array.from({ length: subscribers }, () => 0) },
  });
  try {
    await silent.listen(begin(GREEDY, deafOnes));
    await silent.listen({ through: null });
    await reader.listen(begin(READER, 1));
    await Promise.all([reader.listen({ through: FILLING }), server.tell(FILLING)]);
    const delays: number[] = [];
    for (let event = 1; event <= MEASURED; event += 1) {
      const come = reader.listen({ through: FILLING + event });
      const from = performance.now();
      const happened = server.tell(1);
      await come;
      delays.push(performance.now() - from);
      await happened;
    }
    return { milliseconds: median(delays), bytes: residentBytes(server.pid) };
  } finally {
    await Promise.all([silent.stop(), reader.stop(), server.stop()]);
  }
}

function residentBytes(pid: number): number {
  const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return Number(pages) * PAGE_BYTES;
}
