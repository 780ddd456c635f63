/** Prints what pictures cost: `node packages/pictures/src/figures.ts [folder of .bpmn files]`. Medians of CPU time, all threads together. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPictures } from './pictures.ts';
import { type DrawOptions, type Failure, isFailure } from './request.ts';
import { file, process as processOf, realFiles } from './testing.ts';

const rounds = 5;
const [, , folder] = process.argv;

function filesToDraw(): Map<string, string> {
  if (folder !== undefined) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.bpmn'));
    return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  }
  return new Map([...realFiles, ['100 tasks', chain(100)], ['1,000 tasks', chain(1_000)]]);
}

/** Ten branches, the first of which goes on in ten branches. */
function before(i: number): number {
  return i < 10 ? 0 : i - (i % 10) - 9;
}

function chain(count: number): string {
  const tasks = Array.from({ length: count }, (_, i) => `<bpmn:task id="T${i}" name="Check order ${i}"/>`);
  const flows = tasks
    .slice(1)
    .map((_, i) => `<bpmn:sequenceFlow id="F${i}" sourceRef="T${before(i)}" targetRef="T${i + 1}"/>`);
  return file(processOf([...tasks, ...flows].join('')), null);
}

function megabytes(): number {
  return Math.round(process.memoryUsage.rss() / 2 ** 20);
}

async function timed(work: () => Promise<string | Uint8Array | Failure>): Promise<number> {
  const start = process.cpuUsage();
  const made = await work();
  if (isFailure(made)) throw new Error(`${made.failed}: ${made.detail}`);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

async function median(work: () => Promise<string | Uint8Array | Failure>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(work));
  return (times.sort((a, b) => a - b)[rounds >> 1] ?? 0).toFixed(0);
}

// The threads alone would let the process end.
const alive = setInterval(() => undefined, 1_000);
const pictures = createPictures({ timeoutMs: 120_000 });
const bare = megabytes();
const boot = await timed(() => pictures.normalise(file(processOf(''), null)));
console.log(`thread ready and first answer: ${boot.toFixed(0)} ms; ${megabytes() - bare} MB more`);
console.log(
  'file'.padEnd(14),
  ...['ready', 'svg', 'png', 'pdf', 'thumbnail'].map((head) => head.padStart(9)),
  '  ms',
);
for (const [name, xml] of filesToDraw()) {
  const ready = await pictures.normalise(xml);
  if (isFailure(ready)) throw new Error(`${name}: ${ready.failed}`);
  const draws: DrawOptions[] = [
    { format: 'svg' },
    { format: 'png', fit: { width: 2_000, height: 2_000 } },
    { format: 'pdf' },
    { format: 'png', fit: { width: 480, height: 300 } },
  ];
  const row = [await median(() => pictures.normalise(xml))];
  for (const options of draws) row.push(await median(() => pictures.draw(ready, options)));
  console.log(name.padEnd(14), ...row.map((cell) => cell.padStart(9)));
}
console.log(`after all of it: ${megabytes() - bare} MB more than without`);
await pictures.destroy();
clearInterval(alive);
