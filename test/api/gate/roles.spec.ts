import { describe, expect, it } from 'vitest';
import { startServer } from '../../support/server.js';
import { sign, WITH_SECRET } from '../../support/tokens.js';
import { ask, codesIn, DOORS } from './three-doors.js';

const FOR_READERS = ['reader', 'auditor', 'admin'];
const FOR_AUDITORS = ['auditor', 'admin'];
const FOR_WRITERS = ['writer', 'admin'];
const ROLES = ['reader', 'writer', 'auditor', 'admin', 'nothing that there is'];

/** Through the doors that subscriptions come by. */
const LISTENING = DOORS.filter((door) => door !== 'http');

const QUESTIONS = [
  ['the present', '{ user(id: "ada") { name } users { nodes { id } } }', FOR_READERS, DOORS],
  ['a moment', '{ user(id: "ada", atVersion: 1) { name } }', FOR_READERS, DOORS],
  ['the world as it was', '{ asOf { users { nodes { name } } } }', FOR_READERS, DOORS],
  ['what was', '{ user(id: "ada") { revision { name changes { field } } } }', FOR_READERS, DOORS],
  ['a history', '{ user(id: "ada") { history { nodes { name } } } }', FOR_AUDITORS, DOORS],
  ['events', '{ events { nodes { id } } }', FOR_AUDITORS, DOORS],
  ['events as they were', '{ asOf { events { nodes { id } } } }', FOR_AUDITORS, DOORS],
  [
    'the event of a moment',
    '{ asOf { user(id: "ada") { event { actor } } } }',
    FOR_AUDITORS,
    DOORS,
  ],
  ['who is to blame', '{ user(id: "ada") { blame { event { actor } } } }', FOR_AUDITORS, DOORS],
  [
    'blame under another name, in a fragment',
    '{ ...A } fragment A on Query { u: user(id: "ada") { ... on User { b: blame { field } } } }',
    FOR_AUDITORS,
    DOORS,
  ],
  [
    'a command',
    'mutation { renameUser(input: { id: "ada", name: "A" }, expectedVersion: 1, dryRun: true) { success user { name } events { actor } } }',
    FOR_WRITERS,
    DOORS,
  ],
  ['news of events', 'subscription { events(after: "0") { position } }', FOR_AUDITORS, LISTENING],
  ['news of a user', 'subscription { user(id: "ada") { name } }', FOR_READERS, LISTENING],
  [
    'news of a user, with who is to blame',
    'subscription { user(id: "ada") { name blame { field } } }',
    FOR_AUDITORS,
    LISTENING,
  ],
] as const;

const create = (more: string) =>
  `mutation { createUser(input: { id: "ada", name: "Ada" } ${more}) { success replayed error { code } events { actor } } }`;

describe('who may ask for what', () => {
  it.each(QUESTIONS)('%s: %s', async (_, query, allowed, doors) => {
    const { url } = await startServer(WITH_SECRET);
    const created = await ask('http', url, { query: create('') }, await sign());
    expect(created).toMatchObject({ body: { data: { createUser: { success: true } } } });
    const seen = [];
    const right = [];
    for (const role of ROLES) {
      const token = await sign({ roles: [role] });
      for (const door of doors) {
        const answer = await ask(door, url, { query }, token);
        seen.push([role, door, Array.from(new Set(codesIn(answer)))]);
        right.push([role, door, allowed.some((each) => each === role) ? [] : ['FORBIDDEN']]);
      }
    }
    expect(seen).toEqual(right);
  });

  it('roles are found where the settings say', async () => {
    const query = '{ head { position } }';
    const { url } = await startServer({ ...WITH_SECRET, AUTH_ROLES_CLAIM: 'realm.roles' });
    const codes = async (claims: object) =>
      codesIn(await ask('http', url, { query }, await sign({ roles: undefined, ...claims })));
    expect(await codes({ realm: { roles: ['reader'] } })).toEqual([]);
    expect(await codes({ 'realm.roles': 'other reader' })).toEqual([]);
    expect(await codes({ roles: ['reader'] })).toEqual(['FORBIDDEN']);
    expect(await codes({ realm: { roles: { reader: true } } })).toEqual(['FORBIDDEN']);
    expect(await codes({ realm: null })).toEqual(['FORBIDDEN']);
  });
});

describe('who did what', () => {
  it.each(DOORS)('is in the events that came over %s', async (door) => {
    const { url } = await startServer(WITH_SECRET);
    await ask(door, url, { query: create('') }, await sign({ sub: 'grace@example.org' }));
    const seen = await ask('http', url, { query: '{ events { nodes { actor } } }' }, await sign());
    expect(seen).toMatchObject({
      body: { data: { events: { nodes: [{ actor: 'grace@example.org' }] } } },
    });
  });

  it.each(DOORS)('the name of a command over %s is its sender’s alone', async (door) => {
    const { url } = await startServer(WITH_SECRET);
    const query = create(', commandId: "create-ada"');
    const as = async (sub: string) =>
      JSON.stringify(await ask(door, url, { query }, await sign({ sub })));
    expect(await as('ada')).toContain('"replayed":false');
    expect(await as('ada')).toContain('"replayed":true');
    const another = await as('grace');
    expect(another).toContain('"COMMAND_ID_REUSED"');
    expect(another).not.toContain('"actor":"ada"');
  });
});
