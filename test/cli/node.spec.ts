import { describe, expect, it } from 'vitest';
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
    const input = Array.from({ length: 1_000 }, (_, index) => {
      const type = index === 0 ? 'CreateUser' : 'RenameUser';
      const command = { type, payload: { id: 'u', name: `Name ${index}` }, expectedVersion: index };
      return JSON.stringify({ type: 'command', msg_id: index, command });
    });
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
});
