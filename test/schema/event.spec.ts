import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.js';
import { shown } from '../../src/schema/event.js';
import { recorded } from '../core/recorded.js';

it('shows what the data of an event says beside its envelope', () => {
  const named = recorded('Named', { name: 'Ada', email: null });
  expect(shown(named)).toMatchObject({ type: 'Named', name: 'Ada', email: null, data: named.data });
});

it('does not let the data of an event pass for its envelope', () => {
  const named = recorded('Named', { id: 'forged', version: 99, data: 'forged', name: 'Ada' });
  expect(shown(named)).toMatchObject({ id: named.id, version: named.version, data: named.data });
});

it('shows data with a name that means something to JavaScript as it is', () => {
  const odd: JsonObject = JSON.parse('{"__proto__":{"name":"inherited"},"constructor":"builder"}');
  const beside = shown(recorded('Named', odd));
  expect(beside).toMatchObject({ constructor: 'builder', data: odd });
  expect('name' in beside).toBe(false);
});
