import type { AnswerFragment, CommandErrorCode } from '../generated/graphql.js';
import {
  ChangeUserEmail,
  CreateUser,
  DeactivateUser,
  ReactivateUser,
  RenameUser,
} from '../support/documents.js';
import type { Fact } from './facts.js';
import type { Ask } from './http.js';

/** What is asked of a user. */
export type Said =
  | {
      readonly type: 'create';
      /** Null leaves it to the server. */
      readonly id: string | null;
      readonly name: string;
      readonly email: string | null;
    }
  | { readonly type: 'rename'; readonly id: string; readonly name: string }
  | { readonly type: 'changeEmail'; readonly id: string; readonly email: string | null }
  | { readonly type: 'deactivate'; readonly id: string }
  | { readonly type: 'reactivate'; readonly id: string };

export type Verdict = 'ACCEPTED' | CommandErrorCode;

/** Of an answer: what it must be again. */
export interface First {
  readonly position: string | null;
  readonly events: readonly Fact[];
}

export interface Command {
  readonly said: Said;
  readonly expectedVersion: number;
  readonly commandId: string;
  readonly dryRun: boolean;
  /** The only right answers to it. */
  readonly may: readonly Verdict[];
  /** The first answer, for a command that is sent once more. */
  readonly repeats?: First;
}

export async function carryOut(ask: Ask, command: Command): Promise<AnswerFragment> {
  const { said, expectedVersion, commandId, dryRun } = command;
  const all = { expectedVersion, commandId, dryRun };
  switch (said.type) {
    case 'create': {
      const { id, name, email } = said;
      return (await ask(CreateUser, { input: { id, name, email }, ...all })).createUser;
    }
    case 'rename': {
      const { id, name } = said;
      return (await ask(RenameUser, { input: { id, name }, ...all })).renameUser;
    }
    case 'changeEmail': {
      const { id, email } = said;
      return (await ask(ChangeUserEmail, { input: { id, email }, ...all })).changeUserEmail;
    }
    case 'deactivate':
      return (await ask(DeactivateUser, { input: { id: said.id }, ...all })).deactivateUser;
    case 'reactivate':
      return (await ask(ReactivateUser, { input: { id: said.id }, ...all })).reactivateUser;
    default:
      return said satisfies never;
  }
}
