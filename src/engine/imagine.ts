import type { RecordedEvent } from '../core/event.js';
import type { Past } from './replay.js';

/**
 * The past of one aggregate as it would be with events that were forecast for it. What has taken their
 * places meanwhile is left out, and nothing of them is kept.
 */
export function imagine(past: Past, forecast: readonly RecordedEvent[]): Past {
  const { store, checkpoints } = past;
  const [first, last] = [forecast.at(0), forecast.at(-1)];
  if (first === undefined || last === undefined) return past;
  const base = first.version - 1;
  const head = { position: last.position, recordedAt: last.recordedAt };
  return {
    store: {
      head: async () => head,
      headAt: async (time) => (time >= last.recordedAt ? head : store.headAt(time)),
      async versionAt(stream, position = head.position) {
        if (position < first.position) {
          return Math.min(base, await store.versionAt(stream, position));
        }
        return base + forecast.filter((event) => event.position <= position).length;
      },
      async readStream(stream, { after = 0, throughVersion = last.version } = {}) {
        const real = { after, throughVersion: Math.min(throughVersion, base) };
        const imagined = forecast.filter(
          ({ version }) => version > after && version <= throughVersion,
        );
        return [...(await store.readStream(stream, real)), ...imagined];
      },
    },
    checkpoints: {
      recall: (fold, id, version) => checkpoints.recall(fold, id, Math.min(version, base)),
      before: (fold, id, version, after) =>
        checkpoints.before(fold, id, Math.min(version, base), after),
      offer(fold, id, checkpoint) {
        if (checkpoint.version <= base) checkpoints.offer(fold, id, checkpoint);
      },
      inLine: (fold, id, work) => checkpoints.inLine(fold, id, work),
    },
  };
}
