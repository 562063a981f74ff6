import { describe, expect, it } from 'vitest';
import { judgeFlatness, type Course } from './flatness.js';

const MIB = 1 << 20;
const warm = { heap: 30 * MIB, resident: 100 * MIB, descriptors: 528 };
const course: Course = {
  connections: 500,
  descriptorsAlone: 28,
  warm,
  end: { ...warm, heap: 51 * MIB, resident: 140 * MIB },
  logGrowth: 20 * MIB,
};

describe('what may not grow', () => {
  it('leaves to the log what the log has', () => {
    expect(judgeFlatness(course)).toEqual([]);
  });

  it.each<[string, Course]>([
    ['heap', { ...course, logGrowth: 0 }],
    ['heap', { ...course, logGrowth: Number.NaN }],
    ['resident memory', { ...course, end: { ...course.end, resident: 240 * MIB } }],
    ['descriptors', { ...course, end: { ...course.end, descriptors: 529 } }],
    ['descriptors', { ...course, warm: { ...warm, descriptors: 527 } }],
  ])('catches a %s that does', (what, wrong) => {
    expect(judgeFlatness(wrong).join('\n')).toContain(what);
  });
});
