import type { StreamId, Version } from './event.js';
import type { JsonObject } from './json.js';

/** Which fold, along which stream. */
export interface FoldOf {
  /** Tells the fold, in its present meaning, from all others. */
  readonly fold: string;
  readonly stream: StreamId;
}

/** What a fold had come to after a stream's first `version` events. */
export interface KeptResult {
  readonly version: Version;
  readonly result: JsonObject;
}

/** Where some results of folds outlive a process. All of it may be lost, and costs time alone. */
export interface KeptResults {
  /** The last result at or before a version. */
  read(of: FoldOf, version: Version): Promise<KeptResult | undefined>;
  keep(of: FoldOf, kept: KeptResult): Promise<void>;
}
