import type { Written } from './graph.ts';
import { ownerOfKey } from './key.ts';
import { addMend, type Mends } from './mend.ts';
import type { RawElement } from './raw.ts';

const oneProcess = 'Two people drew a pool around one process at once: they are shown as one.';
const oneCollaboration = 'Two people made pools at once: they are shown in one collaboration.';

/**
 * Two people draw the first pool around a process at once: each makes a collaboration, and the plane shows one of them.
 * What the others hold lies in that one too, and the pools of one process are one. `collaborations` and `planes` are
 * all there are.
 */
export function mendPools(
  written: Written,
  collaborations: Iterable<string>,
  planes: Iterable<string>,
  mends: Mends,
): void {
  const subjects = new Set([...planes].map((plane) => written.get(plane)?.values.get('&bpmnElement')));
  const homeless = new Map<string, string[]>();
  for (const key of [...collaborations].sort()) {
    const plane = subjects.has(key) ? null : planeOf(written, key);
    if (plane !== null) homeless.set(plane, [...(homeless.get(plane) ?? []), key]);
  }
  for (const [plane, group] of homeless) {
    const main = mainOf(written, plane, group, mends);
    if (main === null) continue;
    const pools = new Map<unknown, string>();
    for (const pool of poolsOf(written, main)) pools.set(processOf(pool) ?? pool.key, pool.key);
    for (const key of group) if (key !== main) absorb(written, key, main, pools, mends);
  }
}

/** The plane that the pools of a collaboration are drawn on. */
function planeOf(written: Written, collaboration: string): string | null {
  for (const { key } of poolsOf(written, collaboration)) {
    for (const di of [...written.referrers(key)].sort()) {
      const shape = written.get(di);
      if (shape?.type === 'bpmndi:BPMNShape' && shape.values.get('&bpmnElement') === key) return shape.parent;
    }
  }
  return null;
}

/** The collaboration that a plane shows: somebody may have taken back the one it was, and its process is back. */
function mainOf(written: Written, plane: string, group: readonly string[], mends: Mends): string | null {
  const subject = written.get(plane)?.values.get('&bpmnElement');
  const shown = typeof subject === 'string' ? written.get(subject) : undefined;
  if (shown?.type === 'bpmn:Collaboration') return shown.key;
  if (shown?.type !== 'bpmn:Process') return null;
  const main = group.find((key) => poolsOf(written, key).some((pool) => processOf(pool) === shown.key));
  if (main === undefined) return null;
  addMend(mends, plane, { values: { '&bpmnElement': main }, detail: oneCollaboration });
  return main;
}

function absorb(
  written: Written,
  collaboration: string,
  main: string,
  pools: Map<unknown, string>,
  mends: Mends,
): void {
  addMend(mends, collaboration, { place: null, detail: oneCollaboration });
  for (const key of [...written.contents(collaboration)].sort()) {
    const held = written.get(key);
    if (held === undefined || held.property === null || ownerOfKey(key) !== null) continue;
    const process = held.type === 'bpmn:Participant' ? processOf(held) : null;
    const twin = process === null ? undefined : pools.get(process);
    if (twin !== undefined) join(written, held, twin, mends);
    else if (process !== null && written.get(process) === undefined) {
      // It went with its process, when somebody deleted the pool it is one with.
      addMend(mends, key, { place: null, detail: 'The process of this pool is gone.' });
    } else {
      addMend(mends, key, { place: [main, held.property], detail: oneCollaboration });
      if (process !== null) pools.set(process, key);
    }
  }
}

/** What is connected to a pool is connected to the one it is one with. */
function join(written: Written, pool: RawElement, twin: string, mends: Mends): void {
  addMend(mends, pool.key, { place: null, detail: oneProcess });
  const name = pool.values.get('@name');
  const { values } = written.get(twin)!;
  if (name !== undefined && !values.has('@name') && mends.get(twin)?.values?.['@name'] === undefined) {
    addMend(mends, twin, { values: { '@name': name }, detail: oneProcess });
  }
  for (const key of written.referrers(pool.key)) {
    for (const end of ['&sourceRef', '&targetRef']) {
      if (written.get(key)?.values.get(end) !== pool.key) continue;
      addMend(mends, key, { values: { [end]: twin }, detail: oneProcess });
    }
  }
}

function poolsOf(written: Written, collaboration: string): RawElement[] {
  return [...written.contents(collaboration)]
    .sort()
    .map((key) => written.get(key))
    .filter((element) => element?.type === 'bpmn:Participant') as RawElement[];
}

/** Key of the process of a pool; null for one that shows none, or one that its file does not contain. */
function processOf(pool: RawElement): string | null {
  const process = pool.values.get('&processRef');
  return typeof process === 'string' && !process.startsWith('?') ? process : null;
}
