import { batch, signal } from '@preact/signals';

const KEY = 'hindsight:token';

/** The token that this tab shows the server; kept until the tab is closed, and nowhere else. */
export const token = signal(sessionStorage.getItem(KEY));

/** The server wants to know who asks, and has not been told; `why`, when a token was not taken. */
export const signedOut = signal<{ readonly why: string | null } | null>(null);

export function signIn(text: string): void {
  sessionStorage.setItem(KEY, text);
  batch(() => {
    token.value = text;
    signedOut.value = null;
  });
}

/** `shown` is the token that was not taken: another may have come in its place meanwhile. */
export function signOut(shown = token.peek(), why: string | null = null): void {
  if (shown !== token.peek()) return;
  sessionStorage.removeItem(KEY);
  batch(() => {
    token.value = null;
    signedOut.value = { why: shown === null ? null : why };
  });
}

/** Not by `value`: whoever asks for something does not ask again for another token. */
export const authorization = (): Record<string, string> => {
  const shown = token.peek();
  return shown === null ? {} : { authorization: `Bearer ${shown}` };
};
