import type { Config } from '../config.js';
import { DOMAINS } from '../domains/index.js';
import { verify } from '../engine/verify/verify.js';
import { INSPECTIONS, type StoreName } from '../stores/index.js';
import { Fingerprints } from './moving/fingerprints.js';
import type { Progress } from './moving/progress.js';
import { VOCABULARY } from './moving/whole-log.js';
import { Report } from './verifying/report.js';

export interface VerifyOptions {
  readonly progress: Progress;
  /** Writes what was found. */
  readonly print: (line: string) => void;
  /** Says what is no fault. */
  readonly note: (text: string) => void;
}

/** Looks for broken promises in the log that the settings name; answers how many there are. */
export async function runVerify(
  { store, dataDir, databaseUrl }: Config<StoreName>,
  { progress, print, note }: VerifyOptions,
): Promise<number> {
  const projections = DOMAINS.flatMap((domain) => domain.projections);
  // A line on the same terminal begins where the bar stands.
  const above = (write: (text: string) => void) => (text: string) => {
    progress.clear();
    write(text);
  };
  const report = new Report(above(print));
  try {
    const verified = await INSPECTIONS[store]({ dataDir, databaseUrl, projections }, (inspection) =>
      verify({
        inspection,
        vocabulary: VOCABULARY,
        projections,
        newSeen: () => new Fingerprints(),
        tell: (fault) => report.add(fault),
        note: above(note),
        onProgress: (events, part) => progress.show(events, part),
      }),
    );
    report.end(verified);
    return report.faults;
  } finally {
    progress.clear();
  }
}
