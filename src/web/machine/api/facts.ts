import type { EventFactFragment } from '../../generated/graphql';

/** An event, with its place as a number: no log is so long that a number could not count it. */
export interface Fact extends Omit<EventFactFragment, 'position'> {
  readonly position: number;
  /** When it was recorded, in milliseconds since 1970. */
  readonly time: number;
}

export const factOf = (fragment: EventFactFragment): Fact => ({
  ...fragment,
  position: Number(fragment.position),
  time: Date.parse(fragment.recordedAt),
});
