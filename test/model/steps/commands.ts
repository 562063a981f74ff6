import * as fc from 'fast-check';
import { carryOut, isReplayed, send } from '../carry-out.js';
import type { Order } from '../orders.js';
import { step, type Story } from '../story.js';
import { intents, orderOf, otherwise, type Intent } from './intents.js';

/** The same with a name of its own, which the story keeps. */
export function namedOrderOf(story: Story, intent: Intent): Order {
  const order = orderOf(story, intent, story.newCommandId());
  story.named.push(order);
  return order;
}

export const sendCommand = step('send', intents, async (story, { server }, intent) => {
  const order = orderOf(story, intent, null);
  carryOut(story.world, order, await send(server, order));
});

export const sendNamed = step('send by name', intents, async (story, { server }, intent) => {
  const order = namedOrderOf(story, intent);
  carryOut(story.world, order, await send(server, order));
});

export const tryOut = step('try', intents, async (story, { server }, intent) => {
  const order = { ...orderOf(story, intent, null), dryRun: true };
  carryOut(story.world, order, await send(server, order));
});

/** What is sent under the name that a command has. */
function sentUnder(story: Story, before: Order, what: Intent | 'the same' | 'otherwise'): Order {
  if (what === 'the same') return before;
  if (what === 'otherwise') return { ...before, command: otherwise(before.command) };
  return orderOf(story, what, before.commandId);
}

/** Sent again under its name, or another under the same; tried or in earnest. */
export const sendAgain = step(
  'send again',
  fc.record({
    which: fc.nat({ max: 9 }),
    what: fc.oneof(fc.constantFrom('the same' as const, 'otherwise' as const), intents),
    dryRun: fc.boolean(),
  }),
  async (story, { server }, { which, what, dryRun }) => {
    const before = story.named[which % story.named.length];
    if (before === undefined) return;
    const order = { ...sentUnder(story, before, what), dryRun };
    carryOut(story.world, order, await send(server, order));
  },
  ({ named }) => named.length > 0,
);

/** Sent twice at once, as by somebody who pressed a button twice. */
export const sendTwice = step('send twice', intents, async (story, { server }, intent) => {
  const order = namedOrderOf(story, intent);
  const replies = await Promise.all([send(server, order), send(server, order)]);
  const inOrder = replies.toSorted(
    (one, other) => Number(isReplayed(one)) - Number(isReplayed(other)),
  );
  for (const reply of inOrder) carryOut(story.world, order, reply);
});
