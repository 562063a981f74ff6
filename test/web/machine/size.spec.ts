import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { startServer } from '../../support/server.js';
import { openContext, openMachine } from './page.js';

const KILOBYTES_AT_MOST = 120;

it('is light: all that it loads has less than 120 kB, compressed', async () => {
  const { url } = await startServer();
  const context = await openContext();
  const paths = new Set<string>();
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/\.(?:js|css|svg|woff2|ttf)$/.test(pathname)) paths.add(pathname);
  });
  const machine = await openMachine(url, context);
  await machine.page.getByRole('button', { name: 'Load the demo history' }).click();
  await machine.fields().waitFor();

  expect([...paths].filter((path) => path.endsWith('.js'))).not.toEqual([]);
  const files = ['/index.html', ...paths].map((path) => readFile(`dist/web${path}`));
  const bytes = (await Promise.all(files)).map((file) => gzipSync(file).length);
  const sum = bytes.reduce((left, right) => left + right, 0);
  expect(sum).toBeLessThan(KILOBYTES_AT_MOST * 1_000);
});
