import { readFileSync } from 'node:fs';
import { introspectionFromSchema, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/api/schema.js';
import { DOMAINS } from '../../src/domains/index.js';

const schema = await createSchema(DOMAINS);

describe('the schema', () => {
  it('is the committed one: run `npm run schema` when this fails', () => {
    expect(`${printSchema(schema)}\n`).toBe(readFileSync('schema.graphql', 'utf8'));
  });

  it('says of every type, field, argument and value what it is', () => {
    const types = introspectionFromSchema(schema).__schema.types.filter(
      ({ name }) => !name.startsWith('__'),
    );
    expect(types.flatMap((type) => undescribed(type, ''))).toEqual([]);
  });
});

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** The names within a part of an introspection that have no description beside them. */
function undescribed(part: unknown, within: string): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const name = 'name' in part && typeof part.name === 'string' ? part.name : undefined;
  const path = name === undefined ? within : `${within}/${name}`;
  const bare = 'description' in part && !part.description && !ROOTS.includes(name ?? '');
  return [
    ...(bare ? [path] : []),
    ...Object.values(part).flatMap((inner) => undescribed(inner, path)),
  ];
}
