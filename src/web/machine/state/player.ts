import { effect, signal } from '@preact/signals';
import { moment } from './place';
import { goToVersion, step, versions } from './steps';

/** How many steps a second; 0 when it stands still. */
export type Speed = 0 | 1 | 10;

export const speed = signal<Speed>(0);

/** Plays from where it stands; from the beginning when that is now. */
export function play(at: Exclude<Speed, 0>): void {
  if (moment.value === null) {
    if (versions() === null) moment.value = 0;
    else goToVersion(0);
  }
  speed.value = at;
}

export function stop(): void {
  speed.value = 0;
}

export function followPlayer(): void {
  effect(() => {
    if (speed.value === 0) return undefined;
    const timer = setInterval(() => {
      // The present has no next step.
      if (moment.peek() === null) stop();
      else step(1);
    }, 1_000 / speed.value);
    return () => clearInterval(timer);
  });
}
