/** Lets everybody through, or nobody; knows when all who went through have left. */
export class Gate {
  #inside = 0;
  #closed: Promise<void> | undefined;
  #open: () => void = () => undefined;
  #empty: () => void = () => undefined;

  /** Resolves with how to leave. */
  async enter(): Promise<() => void> {
    while (this.#closed !== undefined) await this.#closed;
    this.#inside += 1;
    return () => {
      this.#inside -= 1;
      if (this.#inside === 0) this.#empty();
    };
  }

  /** Resolves when nobody is inside any more. */
  async close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.#open = resolve;
    });
    if (this.#inside === 0) return;
    await new Promise<void>((resolve) => {
      this.#empty = resolve;
    });
  }

  open(): void {
    this.#closed = undefined;
    this.#open();
  }
}
