/** What a probe is to do: plain data, for it is handed to another process. */
export type Probing = ProbeBegin | 'end';

export interface ProbeBegin {
  readonly url: string;
  /** The users that are asked for in turn. */
  readonly ids: readonly string[];
  readonly perSecond: number;
  /** It answers once these are over, and forgets what was before. */
  readonly warmUpSeconds: number;
}

/** What it felt since: in milliseconds, each from when the question should have been sent. */
export interface Felt {
  readonly asked: number;
  readonly median: number;
  readonly p99: number;
  readonly most: number;
  /** How often which failure was seen meanwhile. */
  readonly failures: Readonly<Record<string, number>>;
}
