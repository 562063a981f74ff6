import type { Logger } from '../../core/logger.js';
import type { App } from '../../engine/app.js';
import { listen } from '../../engine/listen.js';
import { errorBody, Malformed } from './errors.js';
import type { SubscribeBody } from './messages.js';
import { Pump, type Send } from './pump.js';

export type { Send } from './pump.js';

/** The subscriptions that are open on a pipe, by the names that the caller gave them. */
export class Subscriptions {
  readonly #open = new Map<string, Pump>();

  constructor(
    private readonly app: Pick<App, 'store' | 'tail'>,
    private readonly log: Logger,
  ) {}

  /** Begins to listen; nothing is sent before `start`. */
  async open({ subscription, after, where }: SubscribeBody, send: Send): Promise<void> {
    if (this.#open.has(subscription)) {
      throw new Malformed(`There is a subscription ${subscription} already.`);
    }
    const frames = await listen(this.app.tail, { where, after });
    const fail = (error: unknown) => {
      // First: who reads of the error may use the name again.
      this.#open.delete(subscription);
      this.log.error({ err: error, subscription }, 'a subscription ended');
      return send({ ...errorBody(error, null), subscription });
    };
    const pump = new Pump({ subscription, store: this.app.store, where, frames, send, fail });
    this.#open.set(subscription, pump);
  }

  /** Starts those that have not been started yet. */
  start(): void {
    for (const pump of this.#open.values()) pump.start();
  }

  /** When this has returned, nothing more is sent for that name. */
  end(subscription: string): void {
    const pump = this.#open.get(subscription);
    if (pump === undefined) throw new Malformed(`There is no subscription ${subscription}.`);
    this.#open.delete(subscription);
    pump.close();
  }

  /** Resolves when each was told all that it asked for of what is in the log, and has ended. */
  async finish(): Promise<void> {
    await Promise.all(Array.from(this.#open.values(), (pump) => pump.finish()));
  }

  close(): void {
    for (const pump of this.#open.values()) pump.close();
  }
}
