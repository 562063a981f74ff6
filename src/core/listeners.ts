/** Who is told when something happens. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  get count(): number {
    return this.#listeners.size;
  }

  /** Answers how to stop listening; doing so twice does nothing. */
  add(listener: () => void): () => void {
    // A wrapper of its own for each call, so that the same function may listen twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  tell(): void {
    // A copy: who begins to listen while the others are told hears of the next time.
    for (const listener of Array.from(this.#listeners)) listener();
  }
}
