/**
 * `npm run first-minute`: follows the README in a fresh clone, from its first command to the first answer
 * about the past, and tells how long that took, the installation apart. Fails when it took a minute.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { makeTempFolder, removeTempFolder } from './support/temp-folder.js';

const SECONDS_AT_MOST = 60;
const ADDRESS = 'http://localhost:4000';

const say = (what: string, since: number): void => {
  const seconds = (performance.now() - since) / 1_000;
  process.stdout.write(`${seconds.toFixed(1).padStart(6)} s  ${what}\n`);
};

const readme = readFileSync('README.md', 'utf8');
const [, start] = /<!-- start command -->\n```sh\n(.+)\n```/.exec(readme) ?? [];
const pastes = Array.from(readme.matchAll(/```sh\n([^`]*)```\n```json\n/g), ([, paste]) => paste);
const untilThePast = pastes.slice(0, 1 + pastes.findIndex((paste) => paste?.includes('at: ')));
if (start === undefined || untilThePast.length === 0) throw new Error('the README has changed');
const [install, ...steps] = start.split(' && ');
if (install !== 'npm ci') throw new Error(`the README begins with ${install}`);

async function followReadme(folder: string): Promise<number> {
  execFileSync('git', ['clone', '--quiet', '.', folder]);
  const installing = performance.now();
  execFileSync('npm', ['ci'], { cwd: folder, stdio: 'ignore' });
  say('installed, which is not counted', installing);

  const began = performance.now();
  const server = spawn('bash', ['-c', steps.join(' && ')], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await listening(server);
    say(steps.join(' && '), began);
    const answers = execFileSync('bash', ['-ec', untilThePast.join('\necho\n')], { cwd: folder });
    say('asked for the past', began);
    process.stdout.write(`${answers.toString().trim().split('\n').at(-1)}\n`);
    return (performance.now() - began) / 1_000;
  } finally {
    // npm and the server below it are a group of their own.
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
  }
}

async function listening(server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(`${ADDRESS}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await delay(50);
  }
  throw new Error('the server ended before it listened');
}

const folder = await makeTempFolder();
try {
  const seconds = await followReadme(folder);
  process.exitCode = seconds < SECONDS_AT_MOST ? 0 : 1;
} finally {
  await removeTempFolder(folder);
}
