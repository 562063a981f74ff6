/**
 * An iterator that is pulled: each `next` is answered after the ones before it, and a source that
 * fails is let go of. Written by hand because an async generator would let go of its source only when
 * that wakes; `return` here may end a waiting `next` at once.
 */
export abstract class Pull<T> implements AsyncIterableIterator<T, undefined> {
  #asked: Promise<unknown> = Promise.resolve();

  protected abstract pull(): Promise<IteratorResult<T, undefined>>;

  abstract return(): Promise<IteratorResult<T, undefined>>;

  next(): Promise<IteratorResult<T, undefined>> {
    const answer = this.#asked.then(() => this.pull());
    this.#asked = answer.catch(() => this.return());
    return answer;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
