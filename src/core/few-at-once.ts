import { isOthersTurn, othersTurn } from './turn.js';

/**
 * Begins a few pieces of work at once, however many are asked for, and lets others have their turns in
 * between: hundreds that begin together would all go through each of their steps before anybody else.
 */
export class FewAtOnce {
  #underWay = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly atOnce: number) {}

  async do<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay < this.atOnce) this.#underWay += 1;
    else await this.#place();
    try {
      if (isOthersTurn()) await othersTurn();
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay -= 1;
      else next();
    }
  }

  #place(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
