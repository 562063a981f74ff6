import type { RawCommand } from './decider.js';

/** A command of a made-up history. */
export interface Told {
  readonly command: RawCommand;
  readonly actor: string;
  /** When it was sent, in milliseconds since the history began. */
  readonly at: number;
}
