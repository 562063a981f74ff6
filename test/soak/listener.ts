import { setTimeout as delay } from 'node:timers/promises';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { EventFilter, EventsSubscription } from '../generated/graphql.js';
import { Events } from '../support/documents.js';
import type { Random } from './random.js';

/** Ways of losing a connection. */
const CUTS = ['the cable', 'the client', 'the subscription'] as const;
const RETRY_AT_MOST = 20;

type Frame = EventsSubscription['events'];

/** One who listens over connections that are cut, and lays end to end what comes. */
export class Listener {
  /** The positions of the events, as they came. */
  readonly received: number[] = [];
  readonly faults: string[] = [];
  /** How many cuts came after at least one frame of their connection. */
  fruitful = 0;
  frames = 0;
  #framesOfThis = 0;
  #position = 0;
  #socket: WebSocket | undefined;
  #unsubscribe: () => void = () => undefined;
  #moved: () => void = () => undefined;
  readonly #client: Client;
  /** What graphql-ws sends with each new connection: to change it is to resume. */
  readonly #variables: { after: string; readonly where: EventFilter | undefined };

  constructor(
    url: string,
    readonly where: EventFilter | undefined,
    private readonly random: Random,
    /** The id of each event by its position, as others were told it. */
    private readonly ids: Map<number, string>,
    private readonly retryAtMost = RETRY_AT_MOST,
  ) {
    this.#variables = { after: '0', where };
    this.#client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: this.#sockets(),
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: () => delay(this.random.below(this.retryAtMost)),
    });
    this.#subscribe();
  }

  get position(): number {
    return this.#position;
  }

  cut(): void {
    if (this.#framesOfThis > 0) this.fruitful += 1;
    this.#framesOfThis = 0;
    const how = this.random.oneOf(CUTS);
    if (how === 'the cable') this.#socket?.terminate();
    else if (how === 'the client') this.#client.terminate();
    else this.resubscribe();
  }

  resubscribe(): void {
    this.#unsubscribe();
    this.#subscribe();
  }

  /** Resolves when it has come so far; false when it has not within a time. */
  async reached(position: number, within: number): Promise<boolean> {
    const tooLate = delay(within, 'too late' as const, { ref: false });
    while (this.#position < position) {
      const moved = new Promise<void>((resolve) => {
        this.#moved = resolve;
      });
      if ((await Promise.race([moved, tooLate])) === 'too late') return false;
    }
    return true;
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#client.dispose();
  }

  #subscribe(): void {
    let wanted = true;
    const unsubscribe = this.#client.subscribe<EventsSubscription>(
      { query: Events.toString(), variables: this.#variables },
      {
        next: ({ data, errors }) => {
          if (data === undefined || data === null)
            this.faults.push(`errors: ${JSON.stringify(errors)}`);
          else this.#take(data.events);
        },
        error: (cause) => this.faults.push(`the subscription failed: ${describe(cause)}`),
        complete: () => {
          if (wanted) this.faults.push('the subscription was completed by the server');
        },
      },
    );
    this.#unsubscribe = () => {
      wanted = false;
      unsubscribe();
    };
  }

  #take({ event, position: text }: Frame): void {
    const position = Number(text);
    this.frames += 1;
    this.#framesOfThis += 1;
    if (position < this.#position) this.faults.push(`back from ${this.#position} to ${position}`);
    if (event !== null && event !== undefined) {
      this.received.push(position);
      const known = this.ids.get(position);
      if (known === undefined) this.ids.set(position, event.id);
      if (event.position !== text || (known ?? event.id) !== event.id) {
        this.faults.push(`at ${position} came ${event.id} of ${event.position}, not ${known}`);
      }
    }
    this.#position = position;
    this.#variables.after = text;
    this.#moved();
  }

  /** A class of sockets of which the newest is known. */
  #sockets(): new (...args: ConstructorParameters<typeof WebSocket>) => WebSocket {
    const opened = (socket: WebSocket) => {
      this.#socket = socket;
    };
    return class extends WebSocket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        opened(this);
        // The client's terminate() takes its own handler away, and an error unheard ends the process.
        this.on('error', () => undefined);
      }
    };
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : JSON.stringify(cause);
}
