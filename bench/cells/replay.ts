/** Folds a stream from its first event on, the only one of a log that is open already. */
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { revisionOf } from '../../src/core/fold.js';
import { foldTo, type Past } from '../../src/engine/replay.js';
import { userName } from '../logs/commits.js';
import { openStore } from '../logs/open.js';
import { secondsOf } from './repeated.js';
import { doAsTold } from './told.js';

const NO_CHECKPOINTS: Past['checkpoints'] = {
  recall: () => Promise.resolve(),
  before: () => undefined,
  offer: () => undefined,
  inLine: (_fold, _id, work) => work(),
};

await doAsTold('cells/replay.js', async (order) => {
  const { folder, events } = order;
  const past = { store: await openStore(folder), checkpoints: NO_CHECKPOINTS };
  const fold = revisionOf(userAggregate);
  const replay = async () => {
    const revision = await foldTo(past, fold, userName(0), events);
    if (revision?.version !== events) throw new Error(`it came to version ${revision?.version}`);
  };
  return { seconds: await secondsOf(replay, order) };
});
