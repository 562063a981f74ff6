import type { Order, Seen } from '../load/order.js';
import type { Reading } from '../readings.js';
import { load } from '../servers/processes.js';
import type { Subject } from '../subjects.js';

/** From here on it is the load that is measured, and not the server. */
const BUSY = 0.9;

/** One figure to be measured over HTTP. */
export interface Cell extends Pick<Reading, 'what' | 'who'> {
  readonly subject: Subject;
  readonly order: Omit<Order, 'url' | 'keeps'>;
}

/** Whoever comes last finds the disk and the machine as the others left them: so all take turns. */
export const inTurn = <T>(round: number, all: readonly T[]): readonly T[] =>
  round % 2 === 0 ? all.toReversed() : all;

/** How many requests are answered in a second: of one cell after the other, in the order of the round. */
export async function measureAll(
  cells: readonly Cell[],
  round: number,
  progress: (line: string) => void,
): Promise<readonly Reading[]> {
  const readings = new Map<Cell, Reading>();
  for (const cell of inTurn(round, cells)) {
    const { what, who } = cell;
    const seen = await measure(cell);
    progress(`${what}, ${who}: ${describe(seen)}`);
    const errors = Object.values(seen.failures).reduce((sum, times) => sum + times, 0);
    readings.set(cell, { what, who, value: seen.rate, unit: 'a second', errors });
  }
  return cells.flatMap((cell) => readings.get(cell) ?? []);
}

async function measure({ subject, order }: Cell): Promise<Seen> {
  const server = await subject.start();
  try {
    return await load({ ...order, url: server.url, keeps: subject.keeps });
  } finally {
    await server.stop();
  }
}

function describe({ rate, failures, share }: Seen): string {
  const failed = Object.entries(failures).map(([reason, times]) => `, ${times} x ${reason}`);
  const warning = share > BUSY ? ' (too busy: it is what was measured)' : '';
  return `${Math.round(rate)} a second${failed.join('')}; the load took ${Math.round(share * 100)} % of a core${warning}`;
}
