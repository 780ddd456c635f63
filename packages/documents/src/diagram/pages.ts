import { compareOrder } from '../records/order-key.ts';
import { typeOf } from './grammar.ts';
import type { Written } from './graph.ts';
import { keyOfOnly, ownerOfKey } from './key.ts';
import { addMend, type Mends } from './mend.ts';

/**
 * Two people collapse one subprocess at once: each makes a page for it, and what it contains is drawn on one of them or
 * the other. All of it shows on the first page, and a page on which nothing is left does not. `planes` are all there are.
 */
export function mendPages(
  written: Written,
  root: string | null,
  planes: Iterable<string>,
  mends: Mends,
): void {
  for (const [subject, pages] of pagesOfSubProcesses(written, root, planes)) {
    const [first, ...others] = pages.sort((a, b) => compareOrder(orderOf(written, a), orderOf(written, b)));
    if (first === undefined) continue;
    const there = new Set(written.contents(planeOf(first)).map((di) => drawnBy(written, di)));
    for (const page of others) gather(written, page, first, there, mends);
    if (there.size === 0 && isExpanded(written, subject)) {
      addMend(mends, first, { place: null, detail: 'What this page shows was expanded.' });
    }
  }
}

/** Brings what is drawn on a page, and not on the first, to the first. */
function gather(written: Written, page: string, first: string, there: Set<unknown>, mends: Mends): void {
  let isLeft = false;
  for (const di of [...written.contents(planeOf(page))].sort()) {
    const drawn = drawnBy(written, di);
    // What is drawn on both pages is the file's own way.
    if (drawn === null || there.has(drawn)) {
      isLeft = true;
      continue;
    }
    there.add(drawn);
    addMend(mends, di, { place: [planeOf(first), 'planeElement'], detail: onePage });
  }
  if (!isLeft) addMend(mends, page, { place: null, detail: onePage });
}

const onePage = 'Two people made a page for one subprocess at once: all of it is on the first.';

function pagesOfSubProcesses(
  written: Written,
  root: string | null,
  planes: Iterable<string>,
): Map<string, string[]> {
  const pages = new Map<string, string[]>();
  for (const plane of planes) {
    const [page] = ownerOfKey(plane) ?? [];
    const subject = written.get(plane)?.values.get('&bpmnElement');
    if (page === undefined || typeof subject !== 'string' || written.get(page)?.parent !== root) continue;
    if (typeOf(written.get(subject)?.type ?? '')?.kinds.has('bpmn:SubProcess') !== true) continue;
    pages.set(subject, [...(pages.get(subject) ?? []), page]);
  }
  return pages;
}

function isExpanded(written: Written, subject: string): boolean {
  return written.referrers(subject).some((key) => {
    const shape = written.get(key);
    return shape?.type === 'bpmndi:BPMNShape' && shape.values.get('@isExpanded') === true;
  });
}

function planeOf(page: string): string {
  return keyOfOnly(page, 'plane');
}

function drawnBy(written: Written, di: string): string | null {
  const drawn = written.get(di)?.values.get('&bpmnElement');
  return typeof drawn === 'string' ? drawn : null;
}

function orderOf(written: Written, key: string) {
  return { order: written.get(key)?.order ?? null, id: key };
}
