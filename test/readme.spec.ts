import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startServer } from './support/server.js';

const readme = readFileSync('README.md', 'utf8');

/** The pastes of the README that show their output, in the order in which a reader would try them. */
const pastes = Array.from(
  readme.matchAll(/```sh\n([^`]*)```\n```json\n([^`]*)```/g),
  ([, command, output]) => ({
    command: command ?? '',
    output: output ?? '',
  }),
);

it('is true: each paste of the README prints what stands below it', async () => {
  expect(pastes).toHaveLength(6);
  const { url } = await startServer();
  const script = pastes.map(({ command }) => `${command.trim()}\necho`).join('\n');
  const here = script.replaceAll('localhost:4000', new URL(url).host);
  const { stdout } = await promisify(execFile)('bash', ['-ec', here]);
  const printed = stdout.split('\n').filter((line) => line !== '');
  expect(printed).toEqual(pastes.flatMap(({ output }) => output.trim().split('\n')));
});
