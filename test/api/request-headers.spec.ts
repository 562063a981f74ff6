import { describe, expect, it } from 'vitest';
import { ask, send } from '../support/client.js';
import { CreateUser, GetHead, ListEvents, RenameUser } from '../support/documents.js';
import { startServer } from '../support/server.js';

const CREATE = { input: { id: 'ann', name: 'Ann' } };
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('the headers of a request', () => {
  it('are told by every event that it led to', async () => {
    const { url } = await startServer();
    const headers = {
      'x-correlation-id': 'order:4711',
      'x-causation-id': 'message/1',
      traceparent: TRACE,
    };
    const document = `mutation {
      one: createUser(input: {id: "ann", name: "Ann"}) { success }
      two: createUser(input: {id: "bob", name: "Bob"}) { success }
    }`;
    await send(url, document, undefined, headers);
    await ask(url, CreateUser, { input: { name: 'Eve' } });
    const { events } = await ask(url, ListEvents, { where: { correlationId: 'order:4711' } });
    const told = { correlationId: 'order:4711', causationId: 'message/1', traceparent: TRACE };
    expect(events.nodes).toMatchObject([
      { aggregateId: 'ann', ...told },
      { aggregateId: 'bob', ...told },
    ]);
  });

  it('are made up for, or null, where they are missing', async () => {
    const { url } = await startServer();
    const { createUser } = await ask(url, CreateUser, CREATE);
    expect(createUser.events).toMatchObject([
      { correlationId: expect.stringMatching(/./), causationId: null, traceparent: null },
    ]);
  });

  it('are as good as missing where a proxy sent them empty', async () => {
    const { url } = await startServer();
    const empty = { 'x-correlation-id': '', 'x-causation-id': '' };
    const { createUser } = await ask(url, CreateUser, CREATE, empty);
    expect(createUser.events).toMatchObject([
      { correlationId: expect.stringMatching(/./), causationId: null },
    ]);
  });

  const longest = 'x'.repeat(200);
  it.each(['x-correlation-id', 'x-causation-id', 'idempotency-key'])(
    'may be 200 visible ASCII characters; another %s is refused, and nothing is appended',
    async (name) => {
      const { url } = await startServer();
      const wrong = ['two words', 'caf\u00e9', `${longest}x`, 'a\tb'];
      for (const value of name === 'idempotency-key' ? ['', ...wrong] : wrong) {
        const { status, answer } = await send(url, CreateUser, CREATE, { [name]: value });
        const message = `The header ${name} must be 1 to 200 visible ASCII characters.`;
        expect([status, answer]).toEqual([400, { errors: [{ message }] }]);
      }
      expect((await ask(url, GetHead)).head.position).toBe('0');
      expect((await ask(url, CreateUser, CREATE, { [name]: longest })).createUser.success).toBe(
        true,
      );
    },
  );

  it.each([
    ['is no trace', 'nonsense'],
    ['is in capitals', TRACE.toUpperCase()],
    ['is too short', TRACE.slice(0, -1)],
    ['names no trace', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['names no parent', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
    ['has the version that is none', `ff${TRACE.slice(2)}`],
  ])('are kept from the log where traceparent %s, and the command goes on', async (_, trace) => {
    const { url } = await startServer();
    const { createUser } = await ask(url, CreateUser, CREATE, { traceparent: trace });
    expect(createUser).toMatchObject({ success: true, events: [{ traceparent: null }] });
  });
});

const one = (id: string) => `createUser(input: {id: "${id}", name: "A"}) { success }`;

describe('the header Idempotency-Key', () => {
  it.each([
    ['bare', 'key-1'],
    ['quoted', '"key-1"'],
  ])('is the commandId of its one command: %s', async (_, key) => {
    const { url } = await startServer();
    const headers = { 'Idempotency-Key': key };
    const first = (await ask(url, CreateUser, CREATE, headers)).createUser;
    expect(first).toMatchObject({ replayed: false, events: [{ commandId: 'key-1' }] });
    const again = (await ask(url, CreateUser, CREATE, headers)).createUser;
    expect(again).toEqual({ ...first, replayed: true });
    const named = (await ask(url, CreateUser, { ...CREATE, commandId: 'key-1' })).createUser;
    expect(named).toEqual(again);
    expect((await ask(url, GetHead)).head.position).toBe('1');
  });

  it('may say what the argument says', async () => {
    const { url } = await startServer();
    const variables = { ...CREATE, commandId: 'key-1' };
    const { createUser } = await ask(url, CreateUser, variables, { 'idempotency-key': '"key-1"' });
    expect(createUser.events).toMatchObject([{ commandId: 'key-1' }]);
  });

  it('may not say another than the argument', async () => {
    const { url } = await startServer();
    const variables = { ...CREATE, commandId: 'key-2' };
    const { answer } = await send(url, CreateUser, variables, { 'idempotency-key': 'key-1' });
    expect(answer.errors).toMatchObject([
      {
        message: 'commandId and the header Idempotency-Key differ; one of them is enough.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect((await ask(url, GetHead)).head.position).toBe('0');
  });

  it('of another command is refused as such', async () => {
    const { url } = await startServer();
    const headers = { 'idempotency-key': 'key-1' };
    await ask(url, CreateUser, CREATE, headers);
    const rename = { input: { id: 'ann', name: 'Anna' }, expectedVersion: 1 };
    const { renameUser } = await ask(url, RenameUser, rename, headers);
    expect(renameUser).toMatchObject({
      success: false,
      replayed: false,
      position: null,
      error: { __typename: 'CommandRejected', code: 'COMMAND_ID_REUSED' },
      user: { name: 'Ann', version: 1 },
    });
  });

  it.each([
    ['two fields', `mutation { a: ${one('a')} b: ${one('b')} }`],
    ['a field and an alias of it', `mutation { ${one('a')} b: ${one('b')} }`],
    [
      'different fields',
      `mutation { ${one('a')} renameUser(input: {id: "a", name: "B"}, expectedVersion: 1) { success } }`,
    ],
    [
      'fields in a fragment',
      `mutation { ...Both } fragment Both on Mutation { a: ${one('a')} b: ${one('b')} }`,
    ],
    [
      'a field beside a fragment',
      `mutation { a: ${one('a')} ...Other } fragment Other on Mutation { b: ${one('b')} }`,
    ],
    [
      'a field in a fragment of a fragment',
      `mutation { a: ${one('a')} ...Outer } fragment Outer on Mutation { ...Inner } fragment Inner on Mutation { b: ${one('b')} }`,
    ],
    ['a field beside an inline fragment', `mutation { a: ${one('a')} ... { b: ${one('b')} } }`],
  ])('is refused beside several commands, and none is carried out: %s', async (_, document) => {
    const { url } = await startServer();
    const refused = await send(url, document, undefined, { 'idempotency-key': 'key-1' });
    expect(refused.status).toBe(400);
    expect(refused.answer).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('Idempotency-Key is for a request with one mutation'),
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
    expect((await ask(url, GetHead)).head.position).toBe('0');
    expect((await send(url, document)).answer.errors).toBeUndefined();
  });

  it.each([
    ['__typename', `mutation { __typename ${one('a')} }`],
    ['an alias of __typename', `mutation { type: __typename ${one('a')} }`],
    [
      'itself once more',
      `mutation { ${one('a')} ...Same } fragment Same on Mutation { ${one('a')} }`,
    ],
  ])('goes with one command beside %s', async (_, document) => {
    const { url } = await startServer();
    const { answer } = await send(url, document, undefined, { 'idempotency-key': 'key-1' });
    expect(answer).toMatchObject({ data: { createUser: { success: true } } });
    const { events } = await ask(url, ListEvents);
    expect(events.nodes).toMatchObject([{ commandId: 'key-1' }]);
  });

  it('counts only the operation that is asked for', async () => {
    const { url } = await startServer();
    const query = `mutation One { ${one('a')} } mutation Two { b: ${one('b')} c: ${one('c')} }`;
    const ofOperation = async (operationName: string) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'key-1' },
        body: JSON.stringify({ query, operationName }),
      });
      return response.status;
    };
    expect([await ofOperation('Two'), await ofOperation('One')]).toEqual([400, 200]);
    expect((await ask(url, GetHead)).head.position).toBe('1');
  });

  it('says nothing to a query', async () => {
    const { url } = await startServer();
    const query = '{ head { position } other: head { position } }';
    const { status, answer } = await send(url, query, undefined, { 'idempotency-key': 'key-1' });
    expect([status, answer.errors]).toEqual([200, undefined]);
  });
});
