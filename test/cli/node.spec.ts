import { createInterface } from 'node:readline';
import { PassThrough, Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { runNode } from '../../src/cli/node.js';
import { readConfig } from '../../src/config.js';
import { STORE_NAMES } from '../../src/stores/index.js';
import { subscribe, unsubscribe } from '../api/node/talk.js';
import { linesFrom, runProgram } from '../support/process.js';
import { tempFolder } from '../support/temp-folder.js';

const CREATE = {
  src: 'client',
  dest: 'cqrs',
  body: {
    type: 'command',
    msg_id: 1,
    command: { type: 'CreateUser', payload: { id: 'user-123', name: 'John' } },
  },
};
const GET = {
  src: 'client',
  dest: 'cqrs',
  body: { type: 'query', msg_id: 1, query: { type: 'GetUser', params: { userId: 'user-123' } } },
};

const RENAME = {
  type: 'command',
  command: {
    type: 'RenameUser',
    payload: { id: 'user-123', name: 'Jon' },
    expectedVersion: 1,
  },
};

/** So many commands, the first of which creates a user. */
const renames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const type = index === 0 ? 'CreateUser' : 'RenameUser';
    const payload = { id: 'u', name: `Name ${index}` };
    const command = { type, payload, expectedVersion: index };
    return JSON.stringify({ type: 'command', msg_id: index, command });
  });

describe('hindsight node', () => {
  it('answers a command, and after a restart on the same folder a query', async () => {
    const env = { DATA_DIR: await tempFolder() };
    const first = runProgram(['node'], env);
    expect(await linesFrom(first, [JSON.stringify(CREATE)])).toEqual([
      '{"type":"command_result","in_reply_to":1,"success":true,"events":[{"eventType":"UserCreated","aggregateId":"user-123"}]}',
    ]);
    const second = runProgram(['node'], env);
    expect(await linesFrom(second, [JSON.stringify(GET)])).toEqual([
      '{"type":"query_result","in_reply_to":1,"data":{"id":"user-123","name":"John"}}',
    ]);
    expect([await first.exited, await second.exited]).toEqual([0, 0]);
    expect(first.stderr()).toBe('');
  });

  it('wraps replies and knows init with --envelope', async () => {
    const init = {
      src: 'c1',
      dest: 'n1',
      body: { type: 'init', msg_id: 1, node_id: 'n1', node_ids: ['n1'] },
    };
    const program = runProgram(['node', '--envelope', '--store', 'memory']);
    expect(
      await linesFrom(
        program,
        [init, GET].map((line) => JSON.stringify(line)),
      ),
    ).toEqual([
      '{"src":"n1","dest":"c1","body":{"type":"init_ok","in_reply_to":1}}',
      '{"src":"cqrs","dest":"client","body":{"type":"query_result","in_reply_to":1,"data":null}}',
    ]);
  });

  it('refuses a line that is too long or not UTF-8, and serves the next', async () => {
    const program = runProgram(['node', '--store', 'memory']);
    program.child.stdin.write(`${'x'.repeat(3 << 20)}\n`);
    program.child.stdin.write(Buffer.from([0x22, 0xff, 0x22, 0x0a]));
    const body = { ...GET.body, msg_id: 2 };
    const replies = await linesFrom(program, [`${JSON.stringify(body)}\r`]);
    expect(replies.map((line) => JSON.parse(line))).toEqual([
      { type: 'error', in_reply_to: null, code: 12, text: expect.stringContaining('more than') },
      { type: 'error', in_reply_to: null, code: 12, text: 'The line is not UTF-8.' },
      { type: 'query_result', in_reply_to: 2, data: null },
    ]);
  });

  it('ends with one line when nobody reads its replies any more', async () => {
    const program = runProgram(['node', '--store', 'memory']);
    program.child.stdout.destroy();
    program.child.stdin.on('error', () => undefined).write(`${JSON.stringify(GET)}\n`.repeat(100));
    expect(await program.exited).toBe(1);
    expect(program.stderr()).toBe('hindsight: write EPIPE\n');
  });

  it('serves a thousand lines that come at once, in their order', async () => {
    const input = renames(1_000);
    const program = runProgram(['node'], { DATA_DIR: await tempFolder() });
    const replies = await linesFrom(program, input);
    expect(replies.map((line) => JSON.parse(line))).toEqual(
      input.map((_, index) => ({
        type: 'command_result',
        in_reply_to: index,
        success: true,
        events: [{ eventType: index === 0 ? 'UserCreated' : 'UserRenamed', aggregateId: 'u' }],
      })),
    );
  });

  it('prints the log to who subscribes and ends the input, and ends', async () => {
    const env = { DATA_DIR: await tempFolder() };
    await linesFrom(runProgram(['node'], env), renames(600));
    const program = runProgram(['node'], env);
    const lines = await linesFrom(program, [
      JSON.stringify(subscribe('all', { after: 0 })),
      JSON.stringify(subscribe('none', { after: 0, where: { aggregateId: 'nobody' } })),
    ]);
    expect([await program.exited, program.stderr()]).toEqual([0, '']);
    const frames = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'event');
    const [all, none] = ['all', 'none'].map((name) =>
      frames.filter(({ subscription }) => subscription === name),
    );
    expect(all?.map(({ position }) => position)).toEqual(
      Array.from({ length: 601 }, (_, position) => position),
    );
    expect(all?.at(-1)).toMatchObject({ caughtUp: true, event: { version: 600 } });
    expect(none).toMatchObject([{ position: 0 }, { position: 600, caughtUp: true }]);
  });

  it('tells events as they come, beside the replies, until they are not wanted', async () => {
    const { child, exited } = runProgram(['node'], { DATA_DIR: await tempFolder() });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const send = (...messages: readonly unknown[]) =>
      child.stdin.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
    const next = async () => JSON.parse(String((await lines.next()).value));
    send(subscribe('s1'));
    expect(await next()).toMatchObject({ type: 'subscribe_ok', subscription: 's1' });
    expect(await next()).toMatchObject({ type: 'event', position: 0, event: null });
    send(CREATE);
    expect(new Set([(await next()).type, (await next()).type])).toEqual(
      new Set(['command_result', 'event']),
    );
    send(unsubscribe('s1'), RENAME, { ...GET.body, msg_id: 2 });
    child.stdin.end();
    expect([await next(), await next(), await next()]).toMatchObject([
      { type: 'unsubscribe_ok', subscription: 's1' },
      { type: 'command_result' },
      { type: 'query_result', in_reply_to: 2 },
    ]);
    expect(await lines.next()).toMatchObject({ done: true });
    expect(await exited).toBe(0);
  });

  it('wraps what it tells with --envelope', async () => {
    const program = runProgram(['node', '--envelope', '--store', 'memory']);
    const message = { src: 'client', dest: 'cqrs', body: subscribe('s1') };
    expect(await linesFrom(program, [JSON.stringify(message)])).toEqual([
      '{"src":"cqrs","dest":"client","body":{"type":"subscribe_ok","in_reply_to":9,"subscription":"s1"}}',
      '{"src":"cqrs","dest":"client","body":{"type":"event","subscription":"s1","position":0,"caughtUp":true,"event":null}}',
    ]);
  });

  it('ends when nobody reads what a subscription is told, though its input stays open', async () => {
    const input = new PassThrough();
    const gone = new Error('gone');
    const output = new Writable({
      write: (text, _encoding, taken) => taken(String(text).includes('"event"') ? gone : null),
    });
    const config = readConfig({ STORE: 'memory' }, STORE_NAMES);
    input.write(`${JSON.stringify(subscribe('s1'))}\n`);
    const running = runNode(config, pino({ level: 'silent' }), { input, output, envelope: false });
    await expect(running).rejects.toBe(gone);
    expect(input.destroyed).toBe(true);
  });
});
