import * as fc from 'fast-check';
import type { Step } from '../story.js';
import { lookAtWorld, lookMeanwhile, walkEventsAsOf, walkUsersAsOf } from './as-of.js';
import { sendAgain, sendCommand, sendNamed, sendTwice, tryOut } from './commands.js';
import { lookAtState, walkEvents, walkUsers } from './lists.js';
import { cut, hear, listen } from './listening.js';
import { compare, lookAtRevision, lookAtUser, walkHistory } from './one-user.js';
import { loseAnswer, restart, restartTorn } from './restarts.js';

const often = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });

const STEPS_AT_MOST = 24;

/** Everything that may happen in a story. */
const steps: fc.Arbitrary<Step> = fc.oneof(
  often(40, sendCommand),
  often(10, sendNamed),
  often(5, sendTwice),
  often(12, sendAgain),
  often(5, tryOut),
  often(1, restart),
  often(2, restartTorn),
  often(2, loseAnswer),
  often(8, listen),
  often(10, cut),
  often(5, hear),
  often(6, lookAtUser),
  often(3, lookAtRevision),
  often(4, walkHistory),
  often(4, compare),
  often(6, walkUsers),
  often(4, walkEvents),
  often(2, lookAtState),
  often(4, lookAtWorld),
  often(8, lookMeanwhile),
  often(3, walkUsersAsOf),
  often(3, walkEventsAsOf),
);

export const stories = (replayPath?: string) =>
  fc.commands([steps], {
    maxCommands: STEPS_AT_MOST,
    size: 'max',
    ...(replayPath !== undefined && { replayPath }),
  });
