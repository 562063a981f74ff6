import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { expect, vi } from 'vitest';
import { runNode, runProgram, urlOf, type Program } from '../support/process.js';
import { tempFolder } from '../support/temp-folder.js';
import type { Case } from './case.js';
import { overHttp, overWebSocket } from '../support/doors.js';

export const WATCHING = ['--import', 'tsx', '--import', './test/hostile/watched-loop.ts'];
const WATCHED = [...WATCHING, 'dist/main.js'];
const MANY = 2_000;

/** A server or a pipe that hostile things are sent to. */
export interface Target {
  readonly send: (hostile: Case) => Promise<unknown>;
  /** The position of the log's end; answering it is the next good request. */
  readonly head: () => Promise<number>;
  /** How long the event loop was held at most since this was last asked, in milliseconds. */
  readonly held: () => Promise<number>;
  readonly isAlive: () => boolean;
  /** What the process has logged as an error. */
  readonly complaints: () => readonly string[];
}

/** A server with a user of 2,000 events, and 2,000 users. */
export async function startHostileServer(): Promise<Target> {
  const env = { DATA_DIR: await tempFolder(), PORT: '0' };
  const file = join(await tempFolder(), 'history.jsonl');
  await writeFile(file, history());
  const imported = runProgram(['import', file], env);
  expect([await imported.exited, imported.stderr()]).toEqual([0, expect.any(String)]);
  const program = runNode(WATCHED, env);
  const url = await urlOf(program);
  const watch = await watchOf(program);
  return {
    ...lifeOf(program),
    send: (hostile) => {
      if (hostile.door === 'stdio') throw new Error('not for a server');
      return hostile.door === 'websocket'
        ? overWebSocket(url, hostile.send)
        : overHttp(url, hostile.send);
    },
    head: async () => {
      const { body } = await overHttp(url, { body: { query: '{ head { position } }' } });
      expect(body).toMatchObject({ data: { head: { position: expect.any(String) } } });
      return Number((body as { data: { head: { position: string } } }).data.head.position);
    },
    held: () => heldSince(watch),
  };
}

/** A process that speaks the node protocol. */
export async function startHostilePipe(): Promise<Target> {
  const program = runNode([...WATCHED, 'node'], { STORE: 'memory' });
  const watch = await watchOf(program);
  const lines = createInterface({ input: program.child.stdout });
  const ask = async (line: string | Uint8Array) => {
    program.child.stdin.write(line);
    program.child.stdin.write('\n');
    return JSON.parse(await nextOf(lines));
  };
  await ask(
    '{"type":"command","command":{"type":"CreateUser","payload":{"id":"ada","name":"Ada"}}}',
  );
  return {
    ...lifeOf(program),
    send: ({ send }) =>
      ask(typeof send === 'string' || send instanceof Uint8Array ? send : JSON.stringify(send)),
    head: async () => {
      const query = { type: 'GetUserHistory', params: { userId: 'ada' } };
      const { data } = await ask(JSON.stringify({ type: 'query', query }));
      const { data: users } = await ask('{"type":"query","query":{"type":"ListUsers"}}');
      return data.length + users.length - 1;
    },
    held: () => heldSince(watch),
  };
}

async function nextOf(lines: Interface): Promise<string> {
  const [line]: string[] = await once(lines, 'line');
  return line ?? '';
}

const event = (aggregateId: string, type: string, data: object, schemaVersion = 1) =>
  JSON.stringify({ aggregateType: 'User', aggregateId, type, schemaVersion, data });

const created = (id: string) =>
  event(id, 'UserCreated', { name: id, email: null, status: 'active' }, 2);

/** What a user of 2,000 events and 2,000 users came to be by. */
function history(): string {
  const users = Array.from({ length: MANY }, (_, n) => `user-${n}`);
  const names = Array.from({ length: MANY - 1 }, (_, n) => `Ada ${n}`);
  return [
    created('ada'),
    ...names.map((name) => event('ada', 'UserRenamed', { name })),
    ...users.map(created),
  ].join('\n');
}

export async function watchOf(program: Program): Promise<string> {
  const find = () => {
    const [, watch] = /"watch":"([^"]*)"/.exec(program.stderr()) ?? [];
    if (watch === undefined) throw new Error('the loop is not watched');
    return watch;
  };
  return vi.waitFor(find, 10_000);
}

const ERROR = /^\{"level":(?:50|60),.*$/gm;

const lifeOf = (program: Program) => ({
  isAlive: () => program.child.exitCode === null && program.child.signalCode === null,
  complaints: () => `${program.stdout()}\n${program.stderr()}`.match(ERROR) ?? [],
});

export const heldSince = async (watch: string): Promise<number> => {
  const response = await fetch(watch);
  return Number(await response.json());
};
