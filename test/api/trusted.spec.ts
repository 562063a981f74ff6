import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overHttp } from '../support/doors.js';
import { startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';
import { ask, codesIn, DOORS } from './gate/three-doors.js';

const TEXT = 'query Head { head { position } }';
const HASH = createHash('sha256').update(TEXT).digest('hex');
const WRITE = 'mutation { createUser(input: { name: "A" }) { success } }';

async function startTrusting() {
  const file = join(await tempFolder(), 'documents.json');
  await writeFile(file, JSON.stringify({ 'head-1': TEXT, write: WRITE }));
  return startServer({ TRUSTED_DOCUMENTS: file });
}

const apollo = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

describe.each(DOORS)('over %s', (door) => {
  it.each<[string, object]>([
    ['its text', { query: TEXT }],
    ['the name that the file gives it', { documentId: 'head-1' }],
    ['its hash', { documentId: `sha256:${HASH}` }],
    ['Apollo’s extension', { extensions: apollo(HASH) }],
  ])('a trusted document is carried out by %s', async (_, operation) => {
    const { url } = await startTrusting();
    // The protocol of WebSocket has every operation bring a text.
    const asked = door === 'websocket' ? { query: '', ...operation } : operation;
    const answer = await ask(door, url, asked);
    expect(JSON.stringify(answer)).toContain('{"data":{"head":{"position":"0"}}}');
  });

  it.each<[string, object]>([
    ['another text', { query: '{ head { position } }' }],
    ['the same with a space', { query: `${TEXT} ` }],
    ['the schema', { query: '{ __schema { queryType { name } } }' }],
    ['a name that there is not', { query: '', documentId: 'head-2' }],
    ['a name that every object has', { query: '', documentId: 'constructor' }],
    ['a name that is no text', { query: TEXT, documentId: 1 }],
    ['a hash that there is not', { query: '', extensions: apollo('0'.repeat(64)) }],
    ['a text with the name of another', { query: '{ head { position } }', documentId: 'no' }],
    ['nothing', { query: '' }],
  ])('%s is not', async (_, operation) => {
    const { url } = await startTrusting();
    expect(codesIn(await ask(door, url, operation))).toEqual(['DOCUMENT_NOT_TRUSTED']);
  });
});

it('a document is named in an address, too, but no mutation', async () => {
  const { url } = await startTrusting();
  const get = (search: string) => overHttp(url, { path: `/graphql?${search}` });
  const extensions = encodeURIComponent(JSON.stringify(apollo(HASH)));
  for (const search of ['documentId=head-1', `extensions=${extensions}`]) {
    expect(await get(search)).toMatchObject({ status: 200, body: { data: { head: {} } } });
  }
  expect(await get('documentId=write')).toMatchObject({ status: 405 });
  expect(await get('query=%7Bhead%7Bposition%7D%7D')).toMatchObject({ status: 400 });
});
