import { describe, expect, it } from 'vitest';
import { ask } from '../support/client.js';
import { GetViewer } from '../support/documents.js';
import { startServer } from '../support/server.js';
import { bearer, sign, WITH_SECRET } from '../support/tokens.js';

describe('the viewer', () => {
  it('is nobody in particular where nobody is asked, and may do anything', async () => {
    const { url } = await startServer();
    expect((await ask(url, GetViewer)).viewer).toEqual({
      actor: null,
      roles: ['READER', 'WRITER', 'AUDITOR', 'ADMIN'],
    });
  });

  it.each([
    [['reader'], ['READER']],
    [['auditor'], ['READER', 'AUDITOR']],
    [
      ['writer', 'reader', 'captain'],
      ['READER', 'WRITER'],
    ],
    [['admin'], ['READER', 'WRITER', 'AUDITOR', 'ADMIN']],
  ])('is who the token says, with what its roles %j imply', async (named, roles) => {
    const { url } = await startServer(WITH_SECRET);
    const token = await sign({ sub: 'grace@example.org', roles: named });
    const { viewer } = await ask(url, GetViewer, {}, bearer(token));
    expect(viewer).toEqual({ actor: 'grace@example.org', roles });
  });
});
