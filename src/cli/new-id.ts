import { randomFillSync } from 'node:crypto';
import { V7Generator } from 'uuidv7';

/** Fetched many at a time: to ask the system for each takes longer than all the rest of an id. */
const random = new Uint32Array(1_024);
let used = random.length;

function nextUint32(): number {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const number = random[used] ?? 0;
  used += 1;
  return number;
}

const generator = new V7Generator({ nextUint32 });

/** A UUID of version 7 (RFC 9562): later ones of this process sort after earlier ones. */
export const newId = (): string => generator.generate().toString();
