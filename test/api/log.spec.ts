import { describe, expect, it } from 'vitest';
import { ask, listen, post } from '../support/client.js';
import { CreateUser, Events, GetHead, ListEvents, RenameUser } from '../support/documents.js';
import { startServer } from '../support/server.js';

async function serverWithEvents(count: number): Promise<string> {
  const { url } = await startServer();
  for (let number = 1; number <= count; number += 1) {
    await ask(url, CreateUser, { input: { id: `user-${number}`, name: `User ${number}` } });
  }
  return url;
}

describe('events', () => {
  it('are the log, oldest first, in pages both ways', async () => {
    const url = await serverWithEvents(5);
    const { events: first } = await ask(url, ListEvents, { first: 2 });
    expect(first.nodes.map(({ position }) => position)).toEqual(['1', '2']);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });

    const after = first.pageInfo.endCursor;
    const { events: rest } = await ask(url, ListEvents, { after });
    expect(rest.edges.map(({ node }) => node.position)).toEqual(['3', '4', '5']);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

    const { events: last } = await ask(url, ListEvents, { last: 2, before: after });
    expect(last.nodes.map(({ position }) => position)).toEqual(['1']);
  });

  it('can be filtered', async () => {
    const url = await serverWithEvents(3);
    await ask(url, RenameUser, { input: { id: 'user-2', name: 'Bob' }, expectedVersion: 1 });
    const ofOne = await ask(url, ListEvents, { where: { aggregateId: 'user-2' } });
    expect(ofOne.events.nodes.map(({ type }) => type)).toEqual(['UserCreated', 'UserRenamed']);
    const ofType = await ask(url, ListEvents, { where: { types: ['UserRenamed'] } });
    expect(ofType.events.nodes).toMatchObject([{ position: '4', name: 'Bob' }]);
    const none = await ask(url, ListEvents, { where: { aggregateType: 'Order', types: null } });
    expect(none.events.nodes).toEqual([]);
  });

  it('refuse a cursor that is not theirs', async () => {
    const url = await serverWithEvents(0);
    const forged = Buffer.from(`${Number.MAX_SAFE_INTEGER}`).toString('base64url');
    for (const after of ['nonsense', forged]) {
      const { errors } = await post(url, ListEvents, { after, last: 1 });
      expect(errors).toMatchObject([{ message: 'after is not a cursor of this list.' }]);
    }
  });
});

describe('head', () => {
  it('is where the log ends', async () => {
    const { url } = await startServer();
    expect((await ask(url, GetHead)).head).toEqual({ position: '0', recordedAt: null });
    const { createUser } = await ask(url, CreateUser, { input: { name: 'Ann' } });
    expect((await ask(url, GetHead)).head).toEqual({
      position: '1',
      recordedAt: createUser.events[0]?.recordedAt,
    });
  });
});

describe('the events subscription', () => {
  it('says at once where it begins, then sends what is appended, in order', async () => {
    const url = await serverWithEvents(2);
    const frames = listen(url, Events);
    expect((await frames.next()).value).toEqual({
      events: { position: '2', caughtUp: true, event: null },
    });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ask(url, CreateUser, { input: { id: `new-${index}`, name: 'New' } }),
      ),
    );
    for (let position = 3; position <= 22; position += 1) {
      const frame = await frames.next();
      expect(frame.value).toMatchObject({
        events: { position: `${position}`, event: { __typename: 'UserCreated', name: 'New' } },
      });
    }
  });

  it('sends only what its filter lets through', async () => {
    const url = await serverWithEvents(1);
    const frames = listen(url, Events, { where: { types: ['UserRenamed'], aggregateId: null } });
    await frames.next();
    await ask(url, CreateUser, { input: { name: 'Bob' } });
    await ask(url, RenameUser, { input: { id: 'user-1', name: 'Ann' }, expectedVersion: 1 });
    expect((await frames.next()).value).toMatchObject({
      events: { position: '3', event: { type: 'UserRenamed' } },
    });
  });
});
