import { setTimeout as delay } from 'node:timers/promises';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { WatchUserSubscription } from '../../generated/graphql.js';
import { WatchUser } from '../../support/documents.js';
import type { Random } from '../random.js';

const AGAIN_AFTER = 1_000;

/** One who watches a user, over connections that may be cut. */
export class Watcher {
  readonly faults: string[] = [];
  /** Of the user as it was seen last. */
  version = 0;
  readonly #client: Client;

  constructor(
    url: string,
    readonly id: string,
    random: Random,
  ) {
    this.#client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: () => delay(random.below(AGAIN_AFTER)),
    });
    this.#client.subscribe<WatchUserSubscription>(
      { query: WatchUser.toString(), variables: { id } },
      {
        next: ({ data, errors }) => {
          if (data) this.#take(data.user.version);
          else this.faults.push(`errors: ${JSON.stringify(errors)}`);
        },
        error: (cause) => this.faults.push(`the subscription failed: ${String(cause)}`),
        complete: () => undefined,
      },
    );
  }

  async stop(): Promise<void> {
    await this.#client.dispose();
  }

  #take(version: number): void {
    if (version < this.version) this.faults.push(`back from ${this.version} to ${version}`);
    this.version = version;
  }
}
