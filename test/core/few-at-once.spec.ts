import { expect, it } from 'vitest';
import { FewAtOnce } from '../../src/core/few-at-once.js';

it('has no more under way than it may, and does all of it in order, whatever fails', async () => {
  const few = new FewAtOnce(2);
  const begun: number[] = [];
  let [underWay, most] = [0, 0];
  const work = (number: number) =>
    few.do(async () => {
      begun.push(number);
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      if (number === 2) throw new Error('failed');
      return number;
    });
  const done = await Promise.allSettled([1, 2, 3, 4, 5].map(work));
  expect(done.map((each) => (each.status === 'fulfilled' ? each.value : null))).toEqual([
    1,
    null,
    3,
    4,
    5,
  ]);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  await expect(work(6)).resolves.toBe(6);
});
