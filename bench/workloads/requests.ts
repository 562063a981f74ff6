import type { Order, Seen } from '../load/order.js';
import { tell } from '../servers/processes.js';
import type { Subject } from '../subjects.js';
import type { Cell, Measured } from './in-turn.js';

/** From here on it is the load that is measured, and not the server. */
const BUSY = 0.9;

export interface Requests extends Pick<Cell, 'what' | 'who'> {
  readonly subject: Subject;
  readonly order: Omit<Order, 'url' | 'keeps'>;
}

/** How many requests over HTTP are answered in a second. */
export const requests = ({ what, who, subject, order }: Requests): Cell => ({
  what,
  who,
  unit: 'a second',
  async measure() {
    const server = await subject.start();
    try {
      const { url } = server;
      return measuredOf(await tell('load/load.js', { ...order, url, keeps: subject.keeps }));
    } finally {
      await server.stop();
    }
  },
});

function measuredOf({ rate, failures, share }: Seen): Measured {
  const errors = Object.values(failures).reduce((sum, times) => sum + times, 0);
  const failed = Object.entries(failures).map(([reason, times]) => `, ${times} x ${reason}`);
  const warning = share > BUSY ? ' (too busy: it is what was measured)' : '';
  const told = `${Math.round(rate)} a second${failed.join('')}; the load took ${Math.round(share * 100)} % of a core${warning}`;
  return { value: rate, errors, told };
}
