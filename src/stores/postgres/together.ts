import DataLoader from 'dataloader';

/** How many questions share a statement at most. */
const TOGETHER_AT_MOST = 16;

/**
 * Gathers what is asked in one turn of the event loop: a statement costs more than one more answer.
 * Nothing is kept.
 */
export const together = <Question, Answer>(
  answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): DataLoader<Question, Answer> =>
  new DataLoader(answer, {
    cache: false,
    maxBatchSize: TOGETHER_AT_MOST,
    batchScheduleFn: (gathered) => void setImmediate(gathered),
  });
