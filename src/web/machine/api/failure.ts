/** Why there is no answer to show; the message is for people. */
export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    message: string,
    /** `unanswered`: nobody knows whether the server did what it was asked. */
    readonly kind: 'unanswered' | 'unauthenticated' | 'refused',
  ) {
    super(message);
  }
}

interface GraphQLMistake {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

export function failureOf([first]: readonly GraphQLMistake[]): Failure {
  const isOfToken = first?.extensions?.code === 'UNAUTHENTICATED';
  const message = first?.message ?? 'The server says no more than that it failed.';
  return new Failure(message, isOfToken ? 'unauthenticated' : 'refused');
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
