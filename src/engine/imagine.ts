import type { RecordedEvent } from '../core/event.js';
import { Checkpoints } from './checkpoints.js';
import type { Past } from './replay.js';

/**
 * The past as it would be with events that were forecast for one stream: what is there of later
 * versions is left out. It keeps no checkpoints that others could meet.
 */
export function imagine({ store }: Past, forecast: readonly RecordedEvent[]): Past {
  const [first] = forecast;
  if (first === undefined) return { store, checkpoints: new Checkpoints() };
  const base = first.version - 1;
  const isMeant = ({ type, id }: { readonly type: string; readonly id: string }) =>
    type === first.aggregateType && id === first.aggregateId;
  return {
    checkpoints: new Checkpoints(),
    store: {
      head: () => store.head(),
      headAt: (time) => store.headAt(time),
      versionAt: async (stream, position) =>
        isMeant(stream) && position === undefined
          ? base + forecast.length
          : store.versionAt(stream, position),
      async readStream(stream, range = {}) {
        if (!isMeant(stream)) return store.readStream(stream, range);
        const { after = 0, throughVersion = base + forecast.length } = range;
        const real = { ...range, throughVersion: Math.min(throughVersion, base) };
        const imagined = forecast.filter(
          ({ version }) => version > after && version <= throughVersion,
        );
        return [...(await store.readStream(stream, real)), ...imagined];
      },
    },
  };
}
