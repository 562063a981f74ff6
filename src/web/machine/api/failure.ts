/** Why there is no answer to show; the message is for people. */
export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    message: string,
    /** `unanswered`: nobody knows whether the server did what it was asked. `later`: it did not. */
    readonly kind: 'unanswered' | 'later' | 'unauthenticated' | 'refused',
  ) {
    super(message);
  }
}

interface GraphQLMistake {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

export function failureOf([first]: readonly GraphQLMistake[], status = 200): Failure {
  const message = first?.message ?? 'The server says no more than that it failed.';
  if (status === 401 || first?.extensions?.code === 'UNAUTHENTICATED') {
    return new Failure(message, 'unauthenticated');
  }
  return new Failure(message, status === 429 || status === 503 ? 'later' : 'refused');
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
