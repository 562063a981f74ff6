import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { carryOut, send } from '../carry-out.js';
import { step } from '../story.js';
import { namedOrderOf } from './commands.js';
import { intents } from './intents.js';

export const restart = step('restart', fc.constant('cleanly'), async ({ world }, stage) => {
  await stage.server.restart();
  await stage.resumeAll(world.head);
});

/** Only a log in a file can have a line that was cut short. */
export const restartTorn = step(
  'restart after a torn write',
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  async ({ world }, stage, part) => {
    if (!stage.server.keepsFile) return;
    await stage.server.restartTorn(part);
    await stage.resumeAll(world.head);
  },
);

/** The server goes away while a command is on its way, and nobody hears the answer; so it is sent again. */
export const loseAnswer = step(
  'lose the answer to',
  fc.record({ intent: intents, turns: fc.nat({ max: 12 }) }),
  async (story, stage, { intent, turns }) => {
    const order = namedOrderOf(story, intent);
    const sent = Date.now();
    const lost = send(stage.server, order).catch(() => undefined);
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    await stage.server.restart();
    await lost;
    const reply = await send(stage.server, order);
    carryOut(story.world, order, { ...reply, sent }, true);
    await stage.resumeAll(story.world.head);
  },
);
