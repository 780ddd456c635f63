import { diagram } from '@tidemark/documents/diagram';
import type { DiagramCanvas } from '@tidemark/modeler';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useComparison, type Wanted } from '../../history/compare/comparison.ts';
import { useMarksHere } from '../../history/marks.ts';
import { service } from '../canvas/services.ts';
import { useDiagram, useView } from '../context.ts';
import { centreOn, reveal } from '../tools/reveal.ts';
import { createMarkLayer, type MarkLayer } from './layer.ts';
import { type Ghost, ghostsOf, insideOf, middleOf, placesOf } from './places.ts';

const asItIs = <T,>(view: T): T => view;
const nothing = { ghosts: [], inside: [] };

/** A comparison on the canvas: what differs is marked, what was elsewhere or is gone has a ghost. Brings into sight what the list asks for. */
export function DiagramMarks() {
  const { canvas } = useDiagram();
  const view = useView(asItIs);
  const comparison = useComparison();
  const marks = useMarksHere();
  const before = comparison?.before.state ?? null;
  const [layer, setLayer] = useState<MarkLayer | null>(null);
  const choose = useRef<(key: string) => void>(() => undefined);
  choose.current = (key) => comparison?.choose(key);

  useEffect(() => {
    if (!canvas) return;
    const made = createMarkLayer(canvas, (key) => choose.current(key));
    setLayer(made);
    return () => {
      made.destroy();
      setLayer(null);
    };
  }, [canvas]);

  const old = useMemo(
    () => (before === null ? null : placesOf(diagram.view(before, [], null).elements)),
    [before],
  );
  const { ghosts, inside } = useMemo(() => {
    if (marks === null || old === null) return nothing;
    const now = placesOf(view.elements);
    return {
      ghosts: ghostsOf(marks.values(), old, now),
      inside: insideOf(marks, view.elements, old, now),
    };
  }, [marks, old, view]);
  const chosen = comparison?.chosen ?? null;
  useEffect(() => {
    layer?.show({ marks: marks ?? new Map(), ghosts, inside, chosen });
  }, [layer, marks, ghosts, inside, chosen]);

  const latest = useRef({ view, ghosts });
  latest.current = { view, ghosts };
  const wanted = comparison?.wanted ?? null;
  useEffect(() => {
    if (canvas && wanted) void bring(canvas, wanted, latest.current);
  }, [canvas, wanted]);
  return null;
}

/** Below this scale nothing can be read. */
const readable = 0.6;

/** Shows the element itself where it is drawn, or else its ghost. */
async function bring(
  canvas: DiagramCanvas,
  { change, missed }: Wanted,
  { view, ghosts }: { view: Parameters<typeof reveal>[1]; ghosts: readonly Ghost[] },
): Promise<void> {
  const { collection, id } = change.thing;
  if (collection === 'meta') return;
  if ((await reveal(canvas, view, id, { near: true })) !== null) return;
  const ghost = ghosts.find(({ key }) => key === id);
  if (ghost === undefined || !(await canvas.showPlane(ghost.plane))) return missed();
  const drawing = service(canvas, 'canvas');
  if (drawing.zoom() < readable) drawing.zoom(readable, 'auto');
  centreOn(canvas, middleOf(ghost.contour));
}
