import { setImmediate } from 'node:timers/promises';
import { START, type EventFilter, type Position } from '../../core/event.js';
import type { EventStore } from '../../core/event-store.js';
import type { Frame } from '../../engine/listen.js';
import type { Pull } from '../../engine/pull.js';
import { readLog } from '../../engine/read-log.js';
import { factOf } from '../../schema/domain.js';
import type { SubscriptionBody } from './messages.js';

/** Takes its place among the lines at once; resolves when the output has taken it. */
export type Send = (body: SubscriptionBody) => Promise<void>;

export interface PumpParts {
  readonly subscription: string;
  readonly store: EventStore;
  readonly where: EventFilter;
  readonly frames: Pull<Frame>;
  readonly send: Send;
  /** Tells that the frames failed. */
  readonly fail: (error: unknown) => Promise<void>;
}

/**
 * Pulls the frames of one subscription and sends them, the next one only when the last was taken, so
 * that a reader who does not read costs nothing.
 */
export class Pump {
  #closed = false;
  #running: Promise<void> | undefined;
  #told: Pick<Frame, 'position' | 'caughtUp'> = { position: START, caughtUp: false };
  /** Where this ends; undefined as long as there may be more. */
  #last: Position | undefined;

  constructor(private readonly parts: PumpParts) {}

  start(): void {
    this.#running ??= this.#run();
    // Only an output that broke makes it fail, and that ends the session by itself.
    this.#running.catch(() => undefined);
  }

  /** Nothing is sent from now on, though a frame was pulled already. */
  close(): void {
    this.#closed = true;
    void this.parts.frames.return();
  }

  /** Ends when all was sent that is in the log now. Rejects when the output broke. */
  async finish(): Promise<void> {
    try {
      this.#last = await this.#lastInTheLog();
    } catch (error) {
      await this.#fail(error);
    }
    // It may wait for an event that nobody will append.
    if (this.#isDone()) this.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#isDone()) {
        const frame = await this.#pull();
        // Without a pause up to `send`, or a line could come behind the reply to an unsubscribe.
        if (frame === undefined || this.#closed) return;
        this.#told = frame;
        await this.parts.send(this.#show(frame));
        // A pipe takes lines at once: without this, the input would wait until there are no more.
        await setImmediate();
      }
    } finally {
      this.close();
    }
  }

  async #pull(): Promise<Frame | undefined> {
    try {
      return (await this.parts.frames.next()).value;
    } catch (error) {
      await this.#fail(error);
      return undefined;
    }
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#closed) return;
    this.close();
    await this.parts.fail(error);
  }

  #isDone(): boolean {
    const { position, caughtUp } = this.#told;
    return this.#last !== undefined && caughtUp && position >= this.#last;
  }

  /** Frames do not say that nothing more matches up to the end, so the log is asked. */
  async #lastInTheLog(): Promise<Position> {
    const { store, where } = this.parts;
    const after = this.#told.position;
    const [last] = await readLog(store, where, { after, backwards: true, limit: 1 });
    return last?.position ?? START;
  }

  #show({ event, position, caughtUp }: Frame): SubscriptionBody {
    const { subscription } = this.parts;
    const fact = event === null ? null : factOf(event);
    return { type: 'event', subscription, position, caughtUp, event: fact };
  }
}
