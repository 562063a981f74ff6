import { readFile, writeFile } from 'node:fs/promises';
import { readResult } from '../results.js';
import { SUBJECTS } from '../subjects.js';
import { TARGETS } from '../targets.js';
import { WORKLOADS } from '../workloads/index.js';
import { markdownOf, type Section } from './markdown.js';
import { figures } from './statistics.js';
import { svgOf, type Chart } from './svg.js';
import { show } from './text.js';

const ROOT = new URL('../../../../', import.meta.url);
const PARTS = new URL('bench/report/parts/', ROOT);

/** Writes docs/performance.md and its picture from what each workload left, and what is written by hand. */
export async function writeReport(): Promise<void> {
  const sections: Section[] = [];
  for (const workload of WORKLOADS) {
    const result = await readResult(workload.name);
    if (result !== undefined) {
      sections.push({ workload, result, remarks: await part(workload.name) });
    }
  }
  const page = markdownOf({
    sections,
    targets: TARGETS,
    durability: new Map(SUBJECTS.map(({ name, durability }) => [name, durability])),
    introduction: await part('introduction'),
    verdict: await part('targets'),
  });
  await writeFile(new URL('docs/performance.md', ROOT), page);
  await writeFile(new URL('docs/performance.svg', ROOT), svgOf(sections.flatMap(chartsOf)));
}

/** What was written by hand stands in files of its own, so that no run loses it. */
async function part(name: string): Promise<string> {
  return readFile(new URL(`${name}.md`, PARTS), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** One for each thing of which more than one was measured. */
function chartsOf({ result }: Section): readonly Chart[] {
  const all = figures(result.rounds);
  return [...new Set(all.map(({ what }) => what))].flatMap((what) => {
    const own = all.filter((figure) => figure.what === what);
    const [first] = own;
    if (first === undefined || own.length < 2) return [];
    const bars = own.map(({ who, median, unit }) => ({
      label: who,
      value: median,
      shown: show(median, unit),
      own: `${what} ${who}`.includes('Hindsight'),
    }));
    return [{ title: what, unit: first.unit, bars }];
  });
}
