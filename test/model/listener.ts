import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { LISTEN } from './documents.js';
import { expectSame } from './same.js';
import type { Where } from './world.js';

const HEARD_WITHIN = 10_000;

const FRAME = z.object({
  events: z.object({
    position: z.string().transform(Number),
    caughtUp: z.boolean(),
    event: z.record(z.string(), z.unknown()).nullable(),
  }),
});

/** Ways of losing a connection. */
export const CUTS = ['the cable', 'the client', 'the subscription'] as const;
export type Cut = (typeof CUTS)[number];

interface Connection {
  readonly client: Client;
  readonly unsubscribe: () => void;
}

/** One who hears of events over connections that are cut, and lays end to end what comes. */
export class Listener {
  readonly received: unknown[] = [];
  /** What no frame may be. */
  readonly faults: string[] = [];
  #caughtUp = false;
  #position: number;
  #connection: Connection | undefined;
  #ended: string | undefined;
  #told: () => void = () => undefined;

  constructor(
    readonly where: Where,
    readonly start: number,
  ) {
    this.#position = start;
  }

  /** Listens from the last position on; resolves with the first frame. The log ends at `head`. */
  async resume(url: string, head: number): Promise<void> {
    this.#caughtUp = false;
    this.#ended = undefined;
    let frames = 0;
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: Socket,
      retryAttempts: 0,
    });
    const unsubscribe = client.subscribe(
      { query: LISTEN, variables: { where: this.where, after: String(this.#position) } },
      {
        next: ({ data, errors }) => {
          // What comes late is as lost as a frame on a broken connection.
          if (this.#connection?.client !== client) return;
          if (errors !== undefined) this.#end(JSON.stringify(errors));
          else this.#take(FRAME.parse(data).events, frames === 0, head);
          frames += 1;
        },
        error: (cause) => this.#connection?.client === client && this.#end(describe(cause)),
        complete: () => this.#connection?.client === client && this.#end('completed'),
      },
    );
    this.#connection = { client, unsubscribe };
    await this.#until(() => frames > 0);
  }

  cut(how: Cut): void {
    const cut = this.#connection;
    this.#connection = undefined;
    if (cut === undefined) return;
    if (how === 'the cable') cut.client.terminate();
    else if (how === 'the subscription') cut.unsubscribe();
    void cut.client.dispose();
  }

  /** Waits for what must have been sent by now, and looks at all that was. */
  async hear(expected: readonly { readonly position: string }[]): Promise<void> {
    const last = Number(expected.at(-1)?.position ?? 0);
    await this.#until(() => this.#position >= last);
    this.#compare(expected);
  }

  /** The same until the server says that there is no more: nothing may come beyond. */
  async hearAll(expected: readonly unknown[]): Promise<void> {
    await this.#until(() => this.#caughtUp);
    this.#compare(expected);
  }

  #compare(expected: readonly unknown[]): void {
    expectSame(this.received, expected);
    expectSame(this.faults, []);
    if (this.#ended !== undefined) throw new Error(`a listener lost its server: ${this.#ended}`);
  }

  #take(frame: z.infer<typeof FRAME>['events'], isFirst: boolean, head: number): void {
    const { position, caughtUp, event } = frame;
    const before = this.#position;
    if (isFirst && (event !== null || position !== before)) {
      this.faults.push(`resumed after ${before}, but began with ${JSON.stringify(frame)}`);
    }
    if (position < before || (event !== null && position === before)) {
      this.faults.push(`after ${before} came ${JSON.stringify(frame)}`);
    }
    if (caughtUp !== position >= head) {
      this.faults.push(`the log ended at ${head}, and at ${position} caughtUp is ${caughtUp}`);
    }
    if (event !== null) this.received.push(event);
    this.#position = position;
    this.#caughtUp = caughtUp;
    this.#told();
  }

  #end(why: string): void {
    this.#ended = why;
    this.#told();
  }

  /** Until it is so, or nothing more can come, or it takes too long. */
  async #until(isSo: () => boolean): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#end('nothing more came');
        resolve();
      }, HEARD_WITHIN);
    });
    while (!isSo() && this.#ended === undefined) {
      const told = new Promise<void>((resolve) => {
        this.#told = resolve;
      });
      await Promise.race([told, tooLate]);
    }
    clearTimeout(timer);
  }
}

/** The client's terminate() takes its own handler away, and an error unheard ends the process. */
class Socket extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args);
    this.on('error', () => undefined);
  }
}

const describe = (cause: unknown): string =>
  cause instanceof Error ? cause.message : (JSON.stringify(cause) ?? String(cause));
