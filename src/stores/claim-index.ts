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

  /** Answers whether that is new. */
  add(key: string, name: string): boolean {
    const all = this.#all(key);
    if (all.includes(name)) return false;
    this.#set(key, [...all, name]);
    return true;
  }

  /** Answers whether it was held. */
  remove(key: string, name: string): boolean {
    const all = this.#all(key);
    if (!all.includes(name)) return false;
    this.#set(
      key,
      all.filter((each) => each !== name),
    );
    return true;
  }

  #all(key: string): readonly string[] {
    const holder = this.#holders.get(key);
    return holder === undefined ? [] : [holder, ...(this.#others.get(key) ?? [])];
  }

  #set(key: string, [holder, ...others]: readonly string[]): void {
    if (holder === undefined) this.#holders.delete(key);
    else this.#holders.set(key, holder);
    if (others.length === 0) this.#others.delete(key);
    else this.#others.set(key, others);
  }
}
