import { BadSetting, type Config } from '../config.js';
import type { Logger } from '../core/logger.js';
import { DOMAINS } from '../domains/index.js';
import { openRebuilder, type StoreName } from '../stores/index.js';
import { count, type Progress } from './moving/progress.js';
import { VOCABULARY } from './moving/whole-log.js';

/** Folds the rows of all projections of this build anew, and says of each what came of it. */
export async function runRebuild(
  config: Config<StoreName>,
  log: Logger,
  progress: Progress,
): Promise<string> {
  if (config.store !== 'postgres') {
    throw new BadSetting(
      `STORE ${config.store} folds its projections at every start; hindsight rebuild is for postgres.`,
    );
  }
  const { store, rebuild } = await openRebuilder({ ...config, vocabulary: VOCABULARY, log });
  try {
    const { position: end } = await store.head();
    const lines: string[] = [];
    for (const projection of DOMAINS.flatMap((domain) => domain.projections)) {
      const show = (position: number) => progress.show(position, end === 0 ? 1 : position / end);
      const { rows, compared } = await rebuild(projection, show);
      const name = `${projection.name}@${projection.version}`;
      const differing =
        compared === null
          ? 'there were none before'
          : `${count(compared.differing)} ${compared.differing === 1 ? 'differs' : 'differ'} from those of version ${compared.version}`;
      lines.push(`${name}: ${count(rows, 'row')}; ${differing}.\n`);
    }
    return lines.join('');
  } finally {
    progress.clear();
    await store.close();
  }
}
