import { expect } from 'vitest';
import { z } from 'zod';
import { commandDocument } from './documents.js';
import { personAfter, type Fact, type Learned } from './facts.js';
import { judge, type Order, type Verdict } from './orders.js';
import type { Server } from './server.js';
import { shownBlame, shownFact, shownPerson } from './shown.js';
import type { World } from './world.js';

/** What became of a command, and when it was on its way. */
export interface Reply {
  readonly answer: unknown;
  readonly sent: number;
  readonly answered: number;
}

/** How far clocks may be apart, in milliseconds. */
const SLACK = 1_000;

const LEARNED = z.object({
  answer: z.object({
    replayed: z.boolean(),
    events: z.array(
      z.object({ id: z.string(), recordedAt: z.iso.datetime(), correlationId: z.string() }),
    ),
  }),
});

export async function send(server: Server, order: Order): Promise<Reply> {
  const { command, ...options } = order;
  const variables = { input: command.input, ...options };
  const sent = Date.now();
  const answer = await server.data(commandDocument(command.type), variables);
  return { answer, sent, answered: Date.now() };
}

export const isReplayed = ({ answer }: Reply): boolean => LEARNED.parse(answer).answer.replayed;

/** Carries a command out in the model, and holds the server's answer to what comes of it. */
export function carryOut(world: World, order: Order, reply: Reply, maybeReplayed = false): void {
  const verdict = judge(world, order);
  const [learned] = LEARNED.parse(reply.answer).answer.events;
  const fact = factOf(world, order, verdict, learned);
  const replayed = verdict.kind === 'again' || (maybeReplayed && isReplayed(reply));
  const expected = { ...answerOf(world, order, verdict, fact), replayed };
  expect(reply.answer).toEqual({ answer: expected });
  if (fact === undefined) return;
  expectTime(world, fact, reply);
  if (order.dryRun) return;
  expect(world.upTo(world.head).map(({ id }) => id)).not.toContain(fact.id);
  world.add(fact, order);
}

/** What a command appends. */
function factOf(
  world: World,
  { command, commandId }: Order,
  verdict: Verdict,
  learned: Learned | undefined,
): Fact | undefined {
  if (verdict.kind !== 'appends') return undefined;
  const userId = command.input.id;
  return {
    ...(learned ?? { id: 'an event', recordedAt: '', correlationId: '' }),
    change: verdict.change,
    userId,
    version: world.of(userId).length + 1,
    position: world.head + 1,
    commandId,
  };
}

function answerOf(world: World, order: Order, verdict: Verdict, fact: Fact | undefined) {
  const facts = world.of(order.command.input.id);
  const after = fact === undefined ? facts : [...facts, fact];
  const person = personAfter(after);
  const events = verdict.kind === 'again' ? [verdict.fact] : after.slice(facts.length);
  const error = errorOf(verdict, facts.length);
  const success = error === null;
  // What was only tried has no place in the log.
  const isPlaced = success && (!order.dryRun || verdict.kind === 'again');
  const position = events.at(-1)?.position ?? world.head;
  return {
    success,
    position: isPlaced ? String(position) : null,
    dryRun: order.dryRun,
    events: events.map(shownFact),
    user: person === undefined ? null : { ...shownPerson(person), blame: shownBlame(after) },
    error,
  };
}

function errorOf(verdict: Verdict, actualVersion: number) {
  switch (verdict.kind) {
    case 'appends':
    case 'nothing':
    case 'again':
      return null;
    case 'refused':
      return { __typename: 'CommandRejected', code: verdict.code };
    case 'invalid': {
      const issues = verdict.paths.map((path) => ({ path: [path] }));
      return { __typename: 'ValidationFailed', code: 'VALIDATION_FAILED', issues };
    }
    case 'conflict':
      return {
        __typename: 'VersionConflict',
        code: 'VERSION_CONFLICT',
        expectedVersion: verdict.expected,
        actualVersion,
        missed: verdict.missed.map(shownFact),
      };
    default:
      return verdict satisfies never;
  }
}

/** All that can be said of a time beforehand. */
function expectTime(world: World, { recordedAt }: Fact, { sent, answered }: Reply): void {
  const time = Date.parse(recordedAt);
  expect(time).toBeGreaterThan(sent - SLACK);
  expect(time).toBeLessThan(answered + SLACK);
  const before = world.upTo(world.head).at(-1)?.recordedAt ?? '';
  expect(recordedAt >= before, `${recordedAt} comes after ${before}`).toBe(true);
  expect(recordedAt > world.settled, `${recordedAt}, but ${world.settled} was settled`).toBe(true);
}
