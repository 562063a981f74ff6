import { signal } from '@preact/signals';

const KEY = 'hindsight:token';

/** The token that this tab shows the server; kept until the tab is closed, and nowhere else. */
export const token = signal(sessionStorage.getItem(KEY));

/** Whether the server wants to know who asks, and was told nothing that it takes. */
export const isSignedOut = signal(false);

export function signIn(text: string): void {
  sessionStorage.setItem(KEY, text);
  token.value = text;
  isSignedOut.value = false;
}

export function signOut(): void {
  sessionStorage.removeItem(KEY);
  token.value = null;
  isSignedOut.value = true;
}

export const authorization = (): Record<string, string> =>
  token.value === null ? {} : { authorization: `Bearer ${token.value}` };
