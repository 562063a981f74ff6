import type { Vitals } from './vitals.js';

const MIB = 1 << 20;
/** What may be kept beside the log: bounded caches that fill, and compiled code. */
const HEAP_ALLOWANCE = 5 * MIB;
/** V8 gives memory back late, and the allocator of the system keeps some of it. */
const RESIDENT_ALLOWANCE = 80 * MIB;

export interface Course {
  readonly connections: number;
  /** The descriptors of the server before anybody was connected. */
  readonly descriptorsAlone: number;
  readonly warm: Vitals;
  readonly end: Vitals;
  /**
   * By how much the embedded store holds more because of what was appended meanwhile: the heaps of two
   * servers that have just opened the log, as it was at the one time and at the other.
   */
  readonly logGrowth: number;
}

/** What grew though the number of connections was the same, the log apart. */
export function judgeFlatness(course: Course): string[] {
  const { connections, descriptorsAlone, warm, end, logGrowth } = course;
  const faults: string[] = [];
  const expected = descriptorsAlone + connections;
  if (warm.descriptors !== expected || end.descriptors !== expected) {
    faults.push(`${warm.descriptors} descriptors, then ${end.descriptors}, instead of ${expected}`);
  }
  const heap = end.heap - warm.heap - logGrowth;
  if (!(heap <= HEAP_ALLOWANCE)) faults.push(`the heap grew by ${mib(heap)} beside the log`);
  const resident = end.resident - warm.resident - logGrowth;
  if (!(resident <= RESIDENT_ALLOWANCE)) {
    faults.push(`the resident memory grew by ${mib(resident)} beside the log`);
  }
  return faults;
}

export const mib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;

export const inWords = ({ heap, resident, descriptors }: Vitals): string =>
  `heap ${mib(heap)}, resident ${mib(resident)}, ${descriptors} descriptors`;
