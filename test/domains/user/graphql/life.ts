import { expect } from 'vitest';
import type { FactFragment } from '../../../generated/graphql.js';
import { ask } from '../../../support/client.js';
import {
  ChangeUserEmail,
  CreateUser,
  DeactivateUser,
  ReactivateUser,
  RenameUser,
} from '../../../support/documents.js';
import { startServer } from '../../../support/server.js';

export interface Life {
  readonly url: string;
  readonly id: string;
  /** The event that made a version, from 1. */
  readonly event: (version: number) => FactFragment;
}

/**
 * A server with a user whose life had five events, no two of them at the same time: Ann is created,
 * renamed Anna, given an address, deactivated and reactivated. Bob came to be between the first two, so
 * that positions are not versions.
 */
export async function liveLife(): Promise<Life> {
  const { url } = await startServer();
  const id = 'ann';
  const events: FactFragment[] = [];
  const add = async (appended: readonly FactFragment[]) => {
    events.push(...appended);
    await instantAfter(appended.at(-1)?.recordedAt);
  };
  await add((await ask(url, CreateUser, { input: { id, name: 'Ann' } })).createUser.events);
  await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob' } });
  const renamed = await ask(url, RenameUser, { input: { id, name: 'Anna' }, expectedVersion: 1 });
  await add(renamed.renameUser.events);
  const email = 'anna@example.org';
  const moved = await ask(url, ChangeUserEmail, { input: { id, email }, expectedVersion: 2 });
  await add(moved.changeUserEmail.events);
  const left = await ask(url, DeactivateUser, { input: { id }, expectedVersion: 3 });
  await add(left.deactivateUser.events);
  const back = await ask(url, ReactivateUser, { input: { id }, expectedVersion: 4 });
  await add(back.reactivateUser.events);
  return { url, id, event: (version) => itemAt(events, version - 1) };
}

export function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
}

/** Waits until the clock shows another millisecond than that of an event. */
export async function instantAfter(time: string | undefined): Promise<void> {
  await expect.poll(() => new Date().toISOString(), { interval: 1 }).not.toBe(time);
}

/** A time that lies so many milliseconds from another. */
export const shifted = (time: string, milliseconds: number): string =>
  new Date(Date.parse(time) + milliseconds).toISOString();
