type Pulled<T> = IteratorResult<T, undefined>;

const END = { done: true, value: undefined } as const;

/**
 * An iterator that is pulled: each `next` is answered after the ones before it, and a source that
 * fails is let go of. Written by hand because an async generator would let go of its source only when
 * that wakes; `return` here may end a waiting `next` at once, and nothing comes after it.
 */
export abstract class Pull<T> implements AsyncIterableIterator<T, undefined> {
  #unanswered = 0;
  #last: Promise<unknown> = Promise.resolve();
  #hasEnded = false;

  protected abstract pull(): Promise<Pulled<T>>;

  /** Lets go of the source, so that a pull that waits for it ends. */
  protected abstract leave(): Promise<void>;

  next(): Promise<Pulled<T>> {
    const isFirst = this.#unanswered === 0;
    this.#unanswered += 1;
    // Most ask when they are answered: they need not wait for what was before.
    const answer = isFirst
      ? this.#pullOn()
      : this.#last.catch(() => undefined).then(() => this.#pullOn());
    this.#last = answer;
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
    try {
      if (this.#hasEnded) return END;
      const pulled = await this.pull();
      return this.#hasEnded ? END : pulled;
    } catch (error) {
      await this.return();
      throw error;
    } finally {
      this.#unanswered -= 1;
    }
  }
}
