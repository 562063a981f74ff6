import { batch, effect, signal } from '@preact/signals';

/** A moment of the whole log, as the position of the last event that had been recorded; null for now. */
export type Moment = number | null;

const said = new URLSearchParams(location.search);

/** Which user is looked at. */
export const chosen = signal(said.get('user'));
export const moment = signal(positionIn(said, 'at'));
/** Two moments to be compared. */
export const pins = { a: signal(positionIn(said, 'a')), b: signal(positionIn(said, 'b')) } as const;

export type Pin = keyof typeof pins;

/** Looks at a user; the way back leads to the one before. */
export function choose(id: string | null): void {
  if (id === chosen.value) return;
  batch(() => {
    pins.a.value = null;
    pins.b.value = null;
    chosen.value = id;
  });
  history.pushState(null, '', address());
}

function positionIn(params: URLSearchParams, name: string): number | null {
  const text = params.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function address(): string {
  const places = { user: chosen.value, at: moment.value, a: pins.a.value, b: pins.b.value };
  const params = new URLSearchParams();
  for (const [name, place] of Object.entries(places)) {
    if (place !== null) params.set(name, String(place));
  }
  return params.size === 0 ? location.pathname : `?${params}`;
}

// Browsers allow some hundred changes of the address in half a minute, and a slider makes more.
const SETTLED_AFTER = 250;
let settling = 0;
effect(() => {
  const to = address();
  clearTimeout(settling);
  settling = window.setTimeout(() => history.replaceState(null, '', to), SETTLED_AFTER);
});

addEventListener('popstate', () => {
  const params = new URLSearchParams(location.search);
  batch(() => {
    chosen.value = params.get('user');
    moment.value = positionIn(params, 'at');
    pins.a.value = positionIn(params, 'a');
    pins.b.value = positionIn(params, 'b');
  });
});
