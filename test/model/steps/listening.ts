import * as fc from 'fast-check';
import { CUTS, Listener } from '../listener.js';
import { step, toldTo } from '../story.js';
import { filters, whereOf } from './filters.js';

const AT_MOST = 3;

export const listen = step(
  'listen',
  fc.record({ filter: filters, back: fc.option(fc.nat({ max: 40 }), { freq: 2 }) }),
  async (story, stage, { filter, back }) => {
    const { head } = story.world;
    const where = whereOf(story, filter);
    const listener = new Listener(where, Math.max(0, head - (back ?? 0)));
    stage.listeners.push(listener);
    story.listeners += 1;
    await stage.resume(listener, head);
  },
  ({ listeners }) => listeners < AT_MOST,
);

/** It may be in the middle of what it is being told. */
export const cut = step(
  'cut a listener',
  fc.record({ which: fc.nat({ max: AT_MOST - 1 }), how: fc.constantFrom(...CUTS) }),
  async ({ world }, stage, { which, how }) => {
    const listener = stage.listeners[which % stage.listeners.length];
    if (listener === undefined) return;
    listener.cut(how);
    await stage.resume(listener, world.head);
  },
  ({ listeners }) => listeners > 0,
);

export const hear = step(
  'hear',
  fc.nat({ max: AT_MOST - 1 }),
  async ({ world }, { listeners }, which) => {
    const listener = listeners[which % listeners.length];
    await listener?.hear(toldTo(listener, world));
  },
  ({ listeners }) => listeners > 0,
);
