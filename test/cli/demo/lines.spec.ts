import { expect, it } from 'vitest';
import { linesOf } from '../../../src/cli/demo/lines.js';
import type { Told } from '../../../src/core/story.js';
import { user } from '../../../src/domains/user/index.js';

const MINUTE = 60_000;
const NOW = Date.parse('2026-06-01T12:00:00Z');

const creating = (id: string, email: string, minute: number): Told => ({
  command: { type: 'CreateUser', payload: { id, name: 'Ann', email } },
  actor: 'registry',
  at: minute * MINUTE,
});

async function linesFor(...demo: readonly Told[]) {
  const parts = { newId: () => 'made', now: NOW };
  const lines = [];
  for await (const line of linesOf([{ aggregate: user.aggregate, demo }], parts)) lines.push(line);
  return lines;
}

it('a story becomes lines of an import that end some hours ago', async () => {
  const lines = await linesFor(
    creating('bob', 'bob@example.org', 5),
    creating('ada', ' ada@example.org ', 0),
  );
  expect(lines).toEqual([
    {
      number: 1,
      given: {
        aggregateType: 'User',
        aggregateId: 'ada',
        type: 'UserCreated',
        schemaVersion: 2,
        data: { name: 'Ann', email: 'ada@example.org', status: 'active' },
        recordedAt: '2026-06-01T08:55:00.000Z',
        actor: 'registry',
        correlationId: 'made',
        causationId: 'demo',
      },
    },
    expect.objectContaining({ number: 2 }),
  ]);
});

it.each([
  [
    'the domain refuses',
    [creating('ada', 'a@example.org', 0), creating('ada', 'b@example.org', 1)],
    'already exists',
  ],
  ['is no command', [creating('', 'a@example.org', 0)], 'must be 1 to 128'],
  [
    'claims what is taken',
    [creating('ada', 'a@example.org', 0), creating('bob', 'A@example.org', 1)],
    'User/bob claims email:a@example.org, which is taken',
  ],
])('a story cannot tell what %s', async (_, demo, message) => {
  await expect(linesFor(...demo)).rejects.toThrow(message);
});

it('without stories there are no lines', async () => {
  expect(await linesFor()).toEqual([]);
});
