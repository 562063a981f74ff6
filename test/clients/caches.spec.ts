import { cacheExchange as documentCache, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { describe, expect, it } from 'vitest';
import { graphql } from '../generated/index.js';
import { ask } from '../support/client.js';
import { CreateUser, RenameUser } from '../support/documents.js';
import { startServer } from '../support/server.js';
import {
  carryOutWithUrql,
  KEYLESS,
  LiveUser,
  nodeOf,
  urqlClient,
  watchWithApollo,
  watchWithUrql,
  type Watching,
} from './watching.js';

const Revisions = graphql(`
  query Revisions($id: ID!) {
    user(id: $id) {
      id
      revision(version: 1) {
        userId
        name
        version
      }
      history(first: 10) {
        edges {
          cursor
          node {
            userId
            name
            version
            changes {
              field
              from
              to
            }
          }
        }
        pageInfo {
          endCursor
        }
      }
      diff(from: { version: 1 }) {
        field
        from
        to
      }
      blame {
        field
        event {
          id
          version
        }
      }
    }
  }
`);

const World = graphql(`
  query World($id: ID!) {
    asOf(position: "1") {
      position
      user(id: $id) {
        userId
        name
        version
      }
      users {
        nodes {
          userId
          name
          version
        }
      }
      events {
        nodes {
          id
          type
          version
        }
      }
    }
    head {
      position
    }
    projections {
      name
      lag
    }
  }
`);

const PastUser = graphql(`
  query PastUser($id: ID!) {
    user(id: $id, atVersion: 1) {
      id
      name
      version
    }
  }
`);

const PastUserWithoutId = graphql(`
  query PastUserWithoutId($id: ID!) {
    user(id: $id, atVersion: 1) {
      name
      version
    }
  }
`);

const TryRename = graphql(`
  mutation TryRename($id: ID!) {
    renameUser(input: { id: $id, name: "Would be" }, expectedVersion: 2, dryRun: true) {
      success
      user {
        id
        name
        version
      }
    }
  }
`);

const id = 'ann';
const NOW = { id, name: 'Anna', version: 2 };
const THEN = { id, name: 'Ann', version: 1 };

/** A server with Ann, who is called Anna by now. */
async function serverWithAnna(): Promise<string> {
  const { url } = await startServer();
  await ask(url, CreateUser, { input: { id, name: 'Ann' } });
  await ask(url, RenameUser, { input: { id, name: 'Anna' }, expectedVersion: 1 });
  return url;
}

/** Waits until the page shows the user. */
async function shown(watching: Watching): Promise<Watching> {
  await expect.poll(() => watching.names, { interval: 1 }).toEqual(['Anna']);
  return watching;
}

/** The page has shown nothing in between when the next thing that it shows is a change of the user. */
async function expectUntouched(watching: Watching, url: string): Promise<void> {
  expect(watching.cached()).toMatchObject(NOW);
  await ask(url, RenameUser, { input: { id, name: 'Anna Lee' }, expectedVersion: 2 });
  await watching.refresh();
  await expect.poll(() => watching.names.at(-1), { interval: 1 }).toBe('Anna Lee');
  expect(watching.names).toEqual(['Anna', 'Anna Lee']);
}

describe.each([
  ['Apollo Client', watchWithApollo],
  ['urql with graphcache', watchWithUrql],
])('a page of %s that watches a user', (_, watch) => {
  it('is left alone by revisions, history, differences and blame', async () => {
    const url = await serverWithAnna();
    const watching = await shown(watch(url, id));
    const { user } = await watching.plainly(Revisions, { id });
    expect(user).toMatchObject({
      revision: { userId: id, name: 'Ann', version: 1 },
      history: { edges: [{ node: { name: 'Anna' } }, { node: { name: 'Ann' } }] },
      diff: [{ from: 'Ann', to: 'Anna' }],
      blame: [{ event: { version: 2 } }, {}, {}],
    });
    await expectUntouched(watching, url);
  });

  it('is left alone by the world as of a moment', async () => {
    const url = await serverWithAnna();
    const watching = await shown(watch(url, id));
    const { asOf } = await watching.plainly(World, { id });
    const then = { userId: id, name: 'Ann', version: 1 };
    expect(asOf).toMatchObject({ user: then, users: { nodes: [then] }, events: { nodes: [{}] } });
    await expectUntouched(watching, url);
  });

  it('takes a past user for the present one, which it shares its id with', async () => {
    const watching = await shown(watch(await serverWithAnna(), id));
    expect((await watching.plainly(PastUser, { id })).user).toMatchObject(THEN);
    expect(watching.cached()).toMatchObject(THEN);
    await expect.poll(() => watching.names, { interval: 1 }).toEqual(['Anna', 'Ann']);
  });

  it('is left alone by a past user that is fetched past the cache', async () => {
    const url = await serverWithAnna();
    const watching = await shown(watch(url, id));
    expect((await watching.aside(PastUser, { id })).user).toMatchObject(THEN);
    await expectUntouched(watching, url);
  });

  it('is left alone by a past user that is not asked for its id', async () => {
    const url = await serverWithAnna();
    const watching = await shown(watch(url, id));
    const { user } = await watching.plainly(PastUserWithoutId, { id });
    expect(user).toMatchObject({ name: 'Ann', version: 1 });
    await expectUntouched(watching, url);
  });

  it('takes the user of a dry run for the present one, too', async () => {
    const watching = await shown(watch(await serverWithAnna(), id));
    const { renameUser } = await watching.plainly(TryRename, { id });
    expect(renameUser.user).toMatchObject({ name: 'Would be', version: 3 });
    expect(watching.cached()).toMatchObject({ name: 'Would be', version: 3 });
    await expect.poll(() => watching.names, { interval: 1 }).toEqual(['Anna', 'Would be']);
  });

  it('is left alone by a dry run that is sent past the cache', async () => {
    const url = await serverWithAnna();
    const watching = await shown(watch(url, id));
    const { renameUser } = await watching.aside(TryRename, { id });
    expect(renameUser.user).toMatchObject({ name: 'Would be', version: 3 });
    await expectUntouched(watching, url);
  });
});

describe('graphcache', () => {
  it.each(['cache-first', 'cache-and-network', 'network-only'] as const)(
    'lets a past user take the place of the present one whatever the policy: %s',
    async (requestPolicy) => {
      const client = urqlClient(await serverWithAnna(), [
        cacheExchange({ keys: KEYLESS }),
        fetchExchange,
      ]);
      await carryOutWithUrql(client, LiveUser, { id });
      await carryOutWithUrql(client, PastUser, { id }, { requestPolicy });
      const cached = client.readQuery(nodeOf(LiveUser), { id }, { requestPolicy: 'cache-only' });
      expect(cached?.data?.user).toMatchObject(THEN);
    },
  );

  it('warns of types without an id, and does what is right nevertheless', async () => {
    const url = await serverWithAnna();
    const warnings: string[] = [];
    const watching = await shown(watchWithUrql(url, id, { keys: {}, warnings }));
    await watching.plainly(Revisions, { id });
    await watching.plainly(World, { id });
    const types = warnings.map((text) => /`keys` config for `(\w+)` that always/.exec(text)?.[1]);
    expect(new Set(types)).toEqual(new Set(Object.keys(KEYLESS)));
    await expectUntouched(watching, url);
  });

  it('is silent once it is told that they have none', async () => {
    const url = await serverWithAnna();
    const warnings: string[] = [];
    const watching = await shown(watchWithUrql(url, id, { warnings }));
    await watching.plainly(Revisions, { id });
    await watching.plainly(World, { id });
    expect(warnings).toEqual([]);
  });
});

describe('the document cache of urql', () => {
  it('keeps the past and the present apart, for it knows no ids', async () => {
    const client = urqlClient(await serverWithAnna(), [documentCache, fetchExchange]);
    await carryOutWithUrql(client, LiveUser, { id });
    expect((await carryOutWithUrql(client, PastUser, { id })).user).toMatchObject(THEN);
    const cached = client.readQuery(nodeOf(LiveUser), { id }, { requestPolicy: 'cache-only' });
    expect(cached?.data?.user).toMatchObject(NOW);
  });
});
