import { describe, expect, it } from 'vitest';
import { usersProjection } from '../../src/domains/user/projection.js';
import { ask } from '../support/client.js';
import { CreateUser, GetProjections } from '../support/documents.js';
import { startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';

describe('projections', () => {
  it('follow the log, each with its version and its place', async () => {
    const { url } = await startServer();
    const users = { name: 'users', version: usersProjection.version, lag: 0, status: 'LIVE' };
    for (const position of ['1', '2', '3']) {
      await ask(url, CreateUser, { input: { name: 'Ann' } });
      expect((await ask(url, GetProjections)).projections).toEqual([{ ...users, position }]);
    }
  });

  it('are live when the server has started on a log', async () => {
    const DATA_DIR = await tempFolder();
    const { url, stop } = await startServer({ DATA_DIR });
    await ask(url, CreateUser, { input: { name: 'Ann' } });
    await stop();
    const again = await startServer({ DATA_DIR });
    expect((await ask(again.url, GetProjections)).projections).toMatchObject([
      { position: '1', lag: 0, status: 'LIVE' },
    ]);
  });

  it('are live on an empty log', async () => {
    const { url } = await startServer();
    expect((await ask(url, GetProjections)).projections).toMatchObject([
      { position: '0', lag: 0, status: 'LIVE' },
    ]);
  });
});
