import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Case } from './case.js';
import type { Target } from './target.js';

const HELD_AT_MOST = 100;
const ANSWER_WITHIN = 100;
/** A busy machine may stand still by itself: only what takes too long each time is the server's doing. */
const TRIES = 3;
/** Lines of a stack, and pages for people. */
const BETRAYS = /node_modules|\.js:\d+:\d+|^\s+at |<html|<!doctype/im;

type Judged = Pick<Target, 'send' | 'head' | 'held' | 'isAlive' | 'complaints'>;

/** What is wrong with how a case was taken; nothing where all is well. */
export async function judge(target: Judged, hostile: Case): Promise<readonly string[]> {
  const before = await target.head();
  const complaints = target.complaints();
  let late: readonly string[] = [];
  for (let tries = 1; tries <= TRIES; tries += 1) {
    await target.held();
    const seen = await target.send(hostile);
    const wrong = [...answerOf(seen, hostile), ...(await traces(target, before, complaints))];
    if (wrong.length > 0) return wrong;
    late = await lateness(target);
    if (late.length === 0) return [];
  }
  return late;
}

function answerOf(seen: unknown, { answer }: Case): readonly string[] {
  const text = JSON.stringify(seen);
  const shown = text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text;
  const wrong = [];
  try {
    expect(seen).toMatchObject(answer);
  } catch {
    wrong.push(`answered ${shown}`);
  }
  if (BETRAYS.test(text)) wrong.push(`shows its inside: ${shown}`);
  return wrong;
}

async function traces(target: Judged, before: number, complaints: readonly string[]) {
  const wrong = [];
  if (!target.isAlive()) return ['the process has ended'];
  const after = await target.head();
  if (after !== before) wrong.push(`${after - before} events were appended`);
  const now = target.complaints();
  if (!isDeepStrictEqual(now, complaints)) {
    wrong.push(`it was an error to the server: ${now.slice(complaints.length).join()}`);
  }
  return wrong;
}

async function lateness(target: Judged): Promise<readonly string[]> {
  const held = await target.held();
  const took = await answerTime(target);
  return [
    ...(held > HELD_AT_MOST ? [`held the event loop for ${Math.round(held)} ms`] : []),
    ...(took > ANSWER_WITHIN ? [`the next answer took ${Math.round(took)} ms`] : []),
  ];
}

async function answerTime(target: Judged): Promise<number> {
  let took = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && took > ANSWER_WITHIN; tries += 1) {
    const begun = performance.now();
    await target.head();
    took = performance.now() - begun;
  }
  return took;
}
