/** What the bench uses of evtstore, whose package brings sources that our settings refuse. */
export interface Aggregate<Event, State, Stream extends string> {
  readonly stream: Stream;
  readonly fold: (event: Event, previous: State) => Partial<State>;
}

/** A state as it is kept: its version is the number of its events. */
export type Versioned<State> = State & { readonly version: number; readonly aggregateId: string };

export interface Provided<Event, State> {
  getAggregate(id: string): Promise<Versioned<State>>;
  toNextAggregate(previous: Versioned<State>, stored: { readonly event: Event }): Versioned<State>;
}

export function createAggregate<Event, State, Stream extends string>(options: {
  stream: Stream;
  create: () => State;
  fold: (event: Event, previous: State) => Partial<State>;
}): Aggregate<Event, State, Stream>;

export function createDomain<Event, State, Stream extends string>(
  options: { provider: object; useCache?: boolean },
  aggregates: { user: Aggregate<Event, State, Stream> },
): { readonly domain: { readonly user: Provided<Event, State> } };

export function createCommands<Event, State, Command extends { readonly type: string }>(
  aggregate: Provided<Event, State>,
  handlers: {
    [Type in Command['type']]: (
      command: Extract<Command, { readonly type: Type }>,
      state: Versioned<State>,
    ) => Promise<Event>;
  },
): {
  [Type in Command['type']]: (
    id: string,
    command: Omit<Extract<Command, { readonly type: Type }>, 'type'>,
  ) => Promise<Versioned<State>>;
};
