/** Rejects as a connection does that does not answer, after so many milliseconds or when told to. */
export async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => reject(unanswered());
    const timer = setTimeout(giveUp, milliseconds);
    signal?.addEventListener('abort', giveUp, { signal: over.signal });
    over.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

const unanswered = (): Error =>
  Object.assign(new Error('The database does not answer.'), { code: 'ETIMEDOUT' });
