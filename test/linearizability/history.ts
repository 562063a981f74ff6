/** What somebody is told of a user: how many events made it, and the name that the last of them gave. */
export interface User {
  readonly version: number;
  readonly name: string;
}

/** One event of an aggregate, as an answer shows it. */
export interface Sighting extends User {
  readonly position: number;
}

export type CommandInput =
  | { readonly type: 'create'; readonly name: string }
  | { readonly type: 'rename'; readonly name: string; readonly expectedVersion: number };

export type CommandOutput =
  | {
      readonly result: 'applied';
      /** Of the one event that it appended. */
      readonly version: number;
      readonly position: number;
      readonly user: User | null;
    }
  | {
      /** It had nothing to change; `position` is where the log ended. */
      readonly result: 'unchanged';
      readonly position: number;
      readonly user: User | null;
    }
  | {
      readonly result: 'conflict';
      readonly actualVersion: number;
      readonly missed: readonly Sighting[];
      readonly user: User | null;
    }
  | { readonly result: 'exists'; readonly user: User | null }
  | { readonly result: 'missing'; readonly user: User | null };

export interface ReadInput {
  /**
   * `head`: the reader asks where the log ends and then for what is at least that new, all between
   * `invoked` and `returned`, so it must see every command acknowledged before. A position that it
   * brings along promises less: every event up to there, of a projection that may lag behind the rest.
   */
  readonly consistentWith: 'head' | number;
}

export interface ReadOutput {
  /** What was given to consistentWith. */
  readonly position: number;
  readonly user: User | null;
}

/** Who asked what of which aggregate, and when. */
interface Asked {
  /** Its own among all operations of a history. */
  readonly id: number;
  /** Has one operation under way at a time, and ends with one that was not answered. */
  readonly process: number;
  readonly aggregate: string;
  /** In milliseconds, on one clock for the whole history. */
  readonly invoked: number;
}

interface Answered<Output> {
  readonly returned: number;
  readonly output: Output;
}

/** It may have taken effect, may yet, or never will. */
interface Unanswered {
  readonly returned: null;
  readonly output: null;
  readonly failure: string;
}

export type Answer<Output> = Answered<Output> | Unanswered;

interface CommandAsked extends Asked {
  readonly kind: 'command';
  readonly input: CommandInput;
}

interface ReadAsked extends Asked {
  readonly kind: 'read';
  readonly input: ReadInput;
}

export type Command = CommandAsked & Answer<CommandOutput>;
export type Read = ReadAsked & Answer<ReadOutput>;
export type Operation = Command | Read;
export type AnsweredOperation = Extract<Operation, { returned: number }>;

/** All that was asked of some aggregates, none of which existed before. */
export type History = readonly Operation[];

export const isAnswered = (operation: Operation): operation is AnsweredOperation =>
  operation.returned !== null;

/** The operation as it was known while it was under way. */
export const unanswered = (operation: Operation): Operation => ({
  ...operation,
  returned: null,
  output: null,
  failure: 'not answered yet',
});
