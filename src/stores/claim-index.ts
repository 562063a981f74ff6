/** Who holds which keys: names of streams. */
export class ClaimIndex {
  readonly #holders = new Map<string, string>();
  /** A log from before there was a claim may have several holders of a key; here are all but one. */
  readonly #others = new Map<string, readonly string[]>();

  /** Whether somebody else than `name` holds a key. */
  isTaken(key: string, name: string): boolean {
    const holder = this.#holders.get(key);
    return holder !== undefined && (holder !== name || this.#others.has(key));
  }

  add(key: string, name: string): void {
    const holder = this.#holders.get(key);
    if (holder === undefined) this.#holders.set(key, name);
    else if (holder !== name) this.#others.set(key, [...(this.#others.get(key) ?? []), name]);
  }

  remove(key: string, name: string): void {
    const all = [this.#holders.get(key), ...(this.#others.get(key) ?? [])];
    const [holder, ...others] = all.filter((each) => each !== undefined && each !== name);
    if (holder === undefined) this.#holders.delete(key);
    else this.#holders.set(key, holder);
    if (others.length === 0) this.#others.delete(key);
  }
}
