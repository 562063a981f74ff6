import { GraphQLBoolean, GraphQLInt, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { expect, it } from 'vitest';
import { Answers, type Operations } from '../../src/api/operations.js';
import { positionOf } from '../../src/core/event.js';
import type { Frame } from '../../src/engine/listen.js';
import { operationsOn } from '../support/operations.js';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
const LOG = [1, 2, 3].map(positionOf);

/** Operations on a log of three frames, and how often one of them was executed. */
async function start() {
  let [executions, head] = [0, 0];
  async function* follow(): AsyncGenerator<Frame> {
    const goal = head;
    for (const position of LOG) yield { event: null, position, caughtUp: position >= goal };
  }
  const frame = new GraphQLObjectType({
    name: 'Frame',
    fields: {
      position: { type: GraphQLInt },
      caughtUp: { type: GraphQLBoolean },
      plus: {
        type: GraphQLInt,
        args: { number: { type: GraphQLInt } },
        resolve: ({ position }: Frame, { number }: { number: number }) => position + number,
      },
    },
  });
  const resolve = (item: Frame) => {
    executions += 1;
    return item;
  };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { frame: { type: frame } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        frame: { type: frame, args: { after: { type: GraphQLInt } }, subscribe: follow, resolve },
      },
    }),
  });
  const operations = await operationsOn(schema, QUIET);
  return {
    operations,
    executions: () => executions,
    setHead: (position: number) => void (head = position),
  };
}

const FRAME =
  'subscription ($number: Int = 0) { frame { position caughtUp plus(number: $number) } }';

async function listen(operations: Operations, query = FRAME, variables = {}): Promise<Answers> {
  const operation = operations.prepare({ query, variables });
  if (!('document' in operation)) throw new Error(String(operation[0]));
  const answers = await operations.subscribe(operation);
  if (!(answers instanceof Answers)) throw new Error(String(answers.errors?.[0]));
  return answers;
}

async function frameOf(answers: Answers): Promise<unknown> {
  const { data } = JSON.parse((await answers.next()).value?.text ?? '{}');
  return data?.frame;
}

it('each frame is executed once for all who ask the same', async () => {
  const { operations, executions } = await start();
  const listeners = [await listen(operations), await listen(operations), await listen(operations)];
  for (const position of LOG) {
    const expected = { position, caughtUp: true, plus: position };
    const frames = await Promise.all(listeners.map(frameOf));
    expect(frames).toEqual(listeners.map(() => expected));
    expect(executions()).toBe(position);
  }
});

it('a frame is executed anew for another question', async () => {
  const { operations, executions } = await start();
  const questions: [string, object][] = [
    [FRAME, {}],
    [FRAME, { number: 5 }],
    ['subscription { frame { position } }', {}],
  ];
  const answered: unknown[] = [];
  // Two of each, because who is alone shares nothing.
  const listeners = await Promise.all(
    questions.flatMap((question) => [
      listen(operations, ...question),
      listen(operations, ...question),
    ]),
  );
  for (const listener of listeners) answered.push(await frameOf(listener));
  const [plain, more, other] = [
    { position: 1, caughtUp: true, plus: 1 },
    { position: 1, caughtUp: true, plus: 6 },
    { position: 1 },
  ];
  expect(answered).toEqual([plain, plain, more, more, other, other]);
  expect(executions()).toBe(questions.length);
});

it.each([
  ['share', 1, '($after: Int) { frame(after: $after) { position plus(number: 1) } }'],
  [
    'do not share what shows that, too',
    2,
    '($after: Int) { frame(after: $after) { plus(number: $after) } }',
  ],
])('those who began at different places %s', async (_, times, subscription) => {
  const { operations, executions } = await start();
  const [one, other] = [
    await listen(operations, `subscription ${subscription}`, { after: 1 }),
    await listen(operations, `subscription ${subscription}`, { after: 2 }),
  ];
  await frameOf(one);
  await frameOf(other);
  expect(executions()).toBe(times);
});

it('who has caught up and who has not are told so at the same position', async () => {
  const { operations, setHead } = await start();
  const early = await listen(operations);
  const first = await frameOf(early);
  setHead(3);
  const late = await listen(operations);
  await frameOf(late);
  expect(first).toMatchObject({ position: 1, caughtUp: true });
  expect(await frameOf(early)).toMatchObject({ position: 2, caughtUp: true });
  expect(await frameOf(late)).toMatchObject({ position: 2, caughtUp: false });
});

it('nothing is shared with who is left alone', async () => {
  const { operations, executions } = await start();
  const [one, other] = [await listen(operations), await listen(operations)];
  await frameOf(one);
  expect(executions()).toBe(1);
  await one.return();
  expect(await frameOf(other)).toMatchObject({ position: 1 });
  expect(executions()).toBe(2);
});

it('who leaves twice does not leave for another', async () => {
  const { operations, executions } = await start();
  const [gone, one, other] = await Promise.all([1, 2, 3].map(() => listen(operations)));
  await gone?.return();
  await gone?.return();
  for (const listener of [one, other]) await listener?.next();
  expect(executions()).toBe(1);
});

it.each([
  ['have gone', (answers: Answers) => answers.return()],
  [
    'have had everything',
    async (answers: Answers) => {
      for await (const _ of answers);
    },
  ],
])('nothing is kept for those who come when all %s', async (_, leave) => {
  const { operations, executions } = await start();
  const gone = [await listen(operations), await listen(operations)];
  await Promise.all(gone.map(frameOf));
  for (const listener of gone) await leave(listener);
  const before = executions();
  const [one, other] = [await listen(operations), await listen(operations)];
  expect(await frameOf(one)).toEqual(await frameOf(other));
  expect(executions()).toBe(before + 1);
});
