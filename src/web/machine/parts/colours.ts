import { eventTypes } from '../form/command';

export const COLOURS = 8;

/** Which of the page's colours an event type has; the same on every part. */
export function colourOf(type: string): number {
  const index = eventTypes.value.indexOf(type);
  return (index === -1 ? COLOURS - 1 : index) % COLOURS;
}

/** A colour of the page's style, as a canvas takes it. */
export const styled = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
