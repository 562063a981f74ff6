import { setTimeout as delay } from 'node:timers/promises';
import { CreateUser, DeactivateUser, ReactivateUser, RenameUser } from '../support/documents.js';
import { askAt } from './http.js';
import type { Random } from './random.js';

const USERS_EACH = 5;
const PAUSE_AT_MOST = 40;
/** How long to wait before asking again where nobody answered. */
const AGAIN_AFTER = 20;
/** How long to go on asking when it is to stop. */
const PATIENCE = 30_000;

export const WRITERS = 4;

export const userOf = (writer: number, user: number): string => `user-${writer}-${user}`;

/** Of every writer's users. */
export const someUser = (random: Random): string =>
  userOf(random.below(WRITERS), random.below(USERS_EACH));

interface User {
  readonly id: string;
  version: number;
  active: boolean;
}

interface Result {
  readonly success: boolean;
  readonly events: readonly unknown[];
  readonly error?: { readonly code: string } | null;
}

/** Sends one command after the other about users of its own, each until it is answered. */
export class Writer {
  /** How many events it was told of; since it asks until it is told, all that it caused. */
  acknowledged = 0;
  #commands = 0;
  #stopped = false;
  #askUntil = Number.POSITIVE_INFINITY;
  readonly #users: readonly User[];
  readonly #done: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly number: number,
    private readonly random: Random,
  ) {
    this.#users = Array.from({ length: USERS_EACH }, (_, user) => ({
      id: userOf(number, user),
      version: 0,
      active: true,
    }));
    this.#done = this.#write();
    // Whoever stops it hears of it.
    this.#done.catch(() => undefined);
  }

  /** Resolves once its last command is answered; rejects if one was refused. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#askUntil = Date.now() + PATIENCE;
    return this.#done;
  }

  async #write(): Promise<void> {
    while (!this.#stopped) {
      const user = this.#users[this.random.below(USERS_EACH)];
      if (user === undefined) continue;
      this.#commands += 1;
      const { success, events, error } = await this.#untilAnswered(user, {
        expectedVersion: user.version,
        commandId: `${this.number}-${this.#commands}`,
      });
      if (!success) throw new Error(`a command about ${user.id} was refused: ${error?.code}`);
      user.version += events.length;
      this.acknowledged += events.length;
      // Some come right after one another.
      if (this.random.below(4) > 0) await delay(this.random.below(PAUSE_AT_MOST));
    }
  }

  async #untilAnswered(user: User, said: { expectedVersion: number; commandId: string }) {
    const send = this.#choose(user, said);
    for (;;) {
      try {
        return await send();
      } catch (cause) {
        if (Date.now() > this.#askUntil) throw cause;
        // The server is being restarted. What it did with the command is unknown: it has an id.
        await delay(AGAIN_AFTER);
      }
    }
  }

  #choose(user: User, said: { expectedVersion: number; commandId: string }): () => Promise<Result> {
    const { url } = this;
    const { id, version } = user;
    if (version === 0) {
      const input = { id, name: 'New' };
      return async () => (await askAt(url, CreateUser, { input, ...said })).createUser;
    }
    if (!user.active) {
      user.active = true;
      return async () =>
        (await askAt(url, ReactivateUser, { input: { id }, ...said })).reactivateUser;
    }
    if (this.random.below(10) === 0) {
      user.active = false;
      return async () =>
        (await askAt(url, DeactivateUser, { input: { id }, ...said })).deactivateUser;
    }
    const input = { id, name: `Name ${version + 1}` };
    return async () => (await askAt(url, RenameUser, { input, ...said })).renameUser;
  }
}
