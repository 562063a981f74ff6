import type { Position, Version } from './event.js';
import type { Timestamp } from './time.js';

/** A point in an aggregate's past; what it names is included. */
export type Moment =
  | { readonly at: Timestamp }
  | { readonly version: Version }
  | { readonly position: Position };

/** A version or position was asked for that does not exist yet. */
export class BeyondTheEnd extends Error {
  override readonly name = 'BeyondTheEnd';
  constructor(
    readonly what: 'version' | 'position',
    readonly asked: number,
    readonly highest: number,
  ) {
    super(`There is no ${what} ${asked} yet; the highest is ${highest}.`);
  }
}
