/** What a process of subscribers is to do: plain data, for it is handed to another process. */
export interface Listening {
  /** Told once, with the first. */
  readonly begin?: {
    readonly url: string;
    readonly query: string;
    /** The position that each goes on from: as many subscribers. */
    readonly afters: readonly number[];
  };
  /** Up to where in the log all are to come now; null for none to read any more. */
  readonly through: number | null;
}

/** What they heard since they were told. */
export interface Heard {
  readonly seconds: number;
  readonly bytes: number;
  /** The part of one core that they took: near 1, it was they who were measured. */
  readonly share: number;
}
