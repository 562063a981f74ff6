type Pulled<T> = IteratorResult<T, undefined>;

const END = { done: true, value: undefined } as const;

/**
 * An iterator that is pulled: each `next` is answered after the ones before it, and a source that
 * fails is let go of. Written by hand because an async generator would let go of its source only when
 * that wakes; `return` here may end a waiting `next` at once, and nothing comes after it.
 */
export abstract class Pull<T> implements AsyncIterableIterator<T, undefined> {
  #asked: Promise<unknown> = Promise.resolve();
  #hasEnded = false;

  protected abstract pull(): Promise<Pulled<T>>;

  /** Lets go of the source, so that a pull that waits for it ends. */
  protected abstract leave(): Promise<void>;

  next(): Promise<Pulled<T>> {
    const answer = this.#asked.then(() => this.#pullOn());
    this.#asked = answer.catch(() => this.return());
    return answer;
  }

  async return(): Promise<Pulled<T>> {
    this.#hasEnded = true;
    await this.leave();
    return END;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #pullOn(): Promise<Pulled<T>> {
    if (this.#hasEnded) return END;
    const pulled = await this.pull();
    return this.#hasEnded ? END : pulled;
  }
}
