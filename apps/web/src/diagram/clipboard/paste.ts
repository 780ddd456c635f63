import type { DiagramCanvas } from '@tidemark/modeler';
import { select } from '../tools/duplicate.ts';
import { type CanvasElement, definitionsOf, is, listOf, type Point } from '../tools/elements.ts';
import { type CopiedTree, service } from '../tools/services.ts';
import { fromText, knownIn, toText } from './text-form.ts';

/** The selected elements as text; null when there is nothing to copy. */
export function copyText(canvas: DiagramCanvas): string | null {
  const selected = service(canvas, 'selection')
    .get()
    .filter((element) => element.parent);
  if (selected.length === 0) return null;
  return toText(service(canvas, 'copyPaste').copy(selected, { clip: false }));
}

/** Pastes text that `copyText` made, where the pointer is or in the middle; false for any other text. */
export function pasteText(canvas: DiagramCanvas, text: string): boolean {
  const moddle = service(canvas, 'moddle');
  const root = service(canvas, 'canvas').getRootElement();
  const definitions = definitionsOf(root.businessObject);
  const tree = fromText(text, {
    create: (type, properties) => moddle.create(type, properties),
    createAny: (type, uri, properties) => moddle.createAny(type, uri, properties),
    known: knownIn(listOf(definitions, 'rootElements')),
  });
  if (tree === null) return false;
  const place = placeFor(canvas, tree);
  if (place === null) return true;
  select(canvas, service(canvas, 'copyPaste').paste({ ...place, tree }));
  return true;
}

interface Place {
  readonly element: CanvasElement;
  readonly point: Point;
}

/** Pools go onto the canvas; steps into what is under the pointer, or into the first pool when there are pools. */
function placeFor(canvas: DiagramCanvas, tree: CopiedTree): Place | null {
  const drawing = service(canvas, 'canvas');
  const root = drawing.getRootElement();
  const { x, y, width, height } = drawing.viewbox();
  const pointer = pointerOn(canvas);
  const point = pointer?.point ?? { x: x + width / 2, y: y + height / 2 };
  const pools = Object.values(tree).some((branch) => branch.some(({ type }) => type === 'bpmn:Participant'));
  if (pools) return { element: root, point };
  const around = pointer ? holder(pointer.element) : null;
  if (around) return { element: around, point };
  if (!is(root.businessObject, 'bpmn:Collaboration')) return { element: root, point };
  const pool = root.children?.find(
    (child) => is(child.businessObject, 'bpmn:Participant') && hasProcess(child),
  );
  if (!pool || pool.x === undefined || pool.y === undefined) return null;
  const middle = { x: pool.x + (pool.width ?? 0) / 2, y: pool.y + (pool.height ?? 0) / 2 };
  return { element: pool, point: middle };
}

/** The innermost pool or open subprocess around an element. */
function holder(element: CanvasElement): CanvasElement | null {
  let at: CanvasElement | null = element;
  while (at) {
    const object = at.businessObject;
    if (is(object, 'bpmn:Participant') && hasProcess(at)) return at;
    if (is(object, 'bpmn:SubProcess') && at.parent && at.di?.get?.('isExpanded') === true) return at;
    at = at.parent ?? null;
  }
  return null;
}

function hasProcess({ businessObject }: CanvasElement): boolean {
  return businessObject.get?.('processRef') !== undefined;
}

/** What is under the pointer, if it is over the canvas at all. */
function pointerOn(canvas: DiagramCanvas): Place | null {
  const event = service(canvas, 'mouse').getLastMoveEvent();
  const drawing = service(canvas, 'canvas');
  const box = drawing.getContainer().getBoundingClientRect();
  const inside =
    event.isTrusted &&
    event.clientX > box.left &&
    event.clientX < box.right &&
    event.clientY > box.top &&
    event.clientY < box.bottom;
  if (!inside || !drawing.getContainer().matches(':hover')) return null;
  const { x, y, scale } = drawing.viewbox();
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-element-id]');
  const id = under?.getAttribute('data-element-id');
  const element = id ? service(canvas, 'elementRegistry').get(id) : undefined;
  return {
    element: element ?? drawing.getRootElement(),
    point: { x: x + (event.clientX - box.left) / scale, y: y + (event.clientY - box.top) / scale },
  };
}
