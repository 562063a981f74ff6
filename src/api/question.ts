import { Kind, visit, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isFrame } from '../engine/listen.js';
import type { Operation } from './operations.js';

/** How many answers to a question are shared, and how much they may take. */
const ANSWERS_AT_MOST = 64;
const ANSWERS_BYTES_AT_MOST = 1 << 20;
/** What an answer takes for each of its characters at most, and beside that. */
const BYTES_FOR_A_CHARACTER = 2;
const BYTES_AT_LEAST = 1_000;

/** What several listeners ask: each frame is answered once for all of them, who have the same rights. */
export class Question {
  listeners = 0;
  readonly #answers = new LRUCache<string, Promise<string>>({
    max: ANSWERS_AT_MOST,
    maxSize: ANSWERS_BYTES_AT_MOST,
  });

  answer(item: unknown, work: () => Promise<string>): Promise<string> {
    if (!isFrame(item) || this.listeners === 1) return work();
    const key = `${item.position}${item.caughtUp ? ' caught up' : ''}${item.event === null ? ' only' : ''}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = work();
    this.#keep(key, answer, 0);
    answer.then(
      ({ length }) => this.#keep(key, answer, length),
      () => this.#answers.delete(key),
    );
    return answer;
  }

  #keep(key: string, answer: Promise<string>, characters: number): void {
    const size = BYTES_AT_LEAST + characters * BYTES_FOR_A_CHARACTER;
    this.#answers.set(key, answer, { size });
  }
}

/** The same for those who are shown a frame alike, wherever they began, and have the same rights. */
export function questionOf(operation: Operation): string {
  const { document, operationName, variableValues, contextValue } = operation;
  const names = variablesToShow(document);
  const variables = Object.entries(variableValues ?? {}).filter(([name]) => names.has(name));
  const rights = Array.from(contextValue.caller.roles).toSorted();
  return JSON.stringify([document.loc?.source.body, operationName, variables, rights]);
}

/** Without those that are arguments of the subscription itself: they choose frames, and show nothing. */
function variablesToShow(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    OperationDefinition: ({ selectionSet, ...definition }) => ({
      ...definition,
      variableDefinitions: [],
      selectionSet: {
        ...selectionSet,
        selections: selectionSet.selections.map((selection) =>
          selection.kind === Kind.FIELD ? { ...selection, arguments: [] } : selection,
        ),
      },
    }),
    Variable: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
}
