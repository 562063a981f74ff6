import { appending } from './conformance/appending.js';
import type { StoreCase } from './conformance/case.js';
import { claims } from './conformance/claims.js';
import { commands } from './conformance/commands.js';
import { concurrency } from './conformance/concurrency.js';
import { forecasts } from './conformance/forecasts.js';
import { lifetime } from './conformance/lifetime.js';
import { reading } from './conformance/reading.js';
import { schemas } from './conformance/schemas.js';
import { takingIn } from './conformance/taking-in.js';
import { time } from './conformance/time.js';
import { values } from './conformance/values.js';

export type { Ability, StoreCase, StoreHarness, StoreOptions } from './conformance/case.js';

/** All that a store promises, whichever it is. A new store passes them unchanged. */
export const STORE_CASES: readonly StoreCase[] = [
  ...appending,
  ...values,
  ...concurrency,
  ...reading,
  ...time,
  ...lifetime,
  ...claims,
  ...commands,
  ...forecasts,
  ...schemas,
  ...takingIn,
];
