import { createClient } from 'graphql-ws';
import {
  EventsDocument,
  type EventsSubscription,
  type EventsSubscriptionVariables,
} from '../../generated/graphql';
import { failureOf } from './failure';
import { authorization, signOut, token } from './session';

export type Frame = EventsSubscription['events'];

export interface Listener {
  readonly onFrame: (frame: Frame) => void;
  /** The connection is gone; it is tried again until `onResumed`. */
  readonly onLost: () => void;
  /** The server goes on behind the last position that this listener has had. */
  readonly onResumed: (after: string) => void;
  /** The server does not let it listen, and would not the next time. */
  readonly onRefused: (why: string) => void;
}

const SHORTEST_WAIT = 200;
const LONGEST_WAIT = 5_000;

const socket = new URL('graphql', document.baseURI);
socket.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';

// Its own retries would send the first `after` again, and get everything since then twice.
const client = createClient({
  url: socket.href,
  connectionParams: authorization,
  retryAttempts: 0,
  keepAlive: 10_000,
});

/** Hears of every event behind a position, each once, through any number of cuts. Answers how to end it. */
export function listen(variables: EventsSubscriptionVariables, listener: Listener): () => void {
  let isOver = false;
  let hangUp: (() => void) | undefined;
  let timer = 0;
  let wait = SHORTEST_WAIT;
  let hasHeard = false;
  let isLost = false;
  let { after } = variables;
  const shown = token.peek();

  const connect = (): void => {
    hangUp = client.subscribe<EventsSubscription>(
      { query: String(EventsDocument), variables: { ...variables, after } },
      {
        next: ({ data, errors }) => (data ? hear(data.events) : end(errors)),
        error: end,
        complete: again,
      },
    );
  };
  const hear = (frame: Frame): void => {
    if (isOver) return;
    if (isLost) listener.onResumed(String(after));
    [isLost, hasHeard, wait] = [false, true, SHORTEST_WAIT];
    after = frame.position;
    listener.onFrame(frame);
  };
  const end = (reason: unknown): void => {
    // A lost connection is an event of the socket; mistakes would be no better the next time.
    if (!Array.isArray(reason)) return again();
    if (isOver) return;
    isOver = true;
    const failure = failureOf(reason);
    if (failure.kind === 'unauthenticated') signOut(shown, failure.message);
    else listener.onRefused(failure.message);
  };
  const again = (): void => {
    if (isOver) return;
    if (!isLost && hasHeard) listener.onLost();
    isLost = true;
    timer = window.setTimeout(connect, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  };

  connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    hangUp?.();
  };
}
