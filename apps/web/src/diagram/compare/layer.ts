import type { DiagramCanvas } from '@tidemark/modeler';
import { mainType } from '../../history/compare/rows.ts';
import { typesText } from '../../history/compare/type-words.tsx';
import type { Mark, Marks } from '../../history/marks.ts';
import { onCanvas, type Point, service } from '../canvas/services.ts';
import { type Contour, contourOf, cornerOf, pathOf } from '../presence/contour.ts';
import { drawing, element } from '../presence/nodes.ts';
import { lieOf } from '../presence/sight.ts';
import { glyph } from './glyphs.ts';
import css from './layer.module.css';
import { type Ghost, type Inside, wayBetween } from './places.ts';

/** What is drawn over the diagram. */
export interface Scene {
  readonly marks: Marks;
  readonly ghosts: readonly Ghost[];
  readonly inside: readonly Inside[];
  /** Key of the mark that is looked at. */
  readonly chosen: string | null;
}

export interface MarkLayer {
  /** Draws this from the next frame on. */
  show(scene: Scene): void;
  destroy(): void;
}

/** Room between a shape and the outline around it, pixels. */
const away = 5;

/**
 * What differs, over the canvas: outlines with a sign at the corner, ghosts where things were. It lies beside the drawing as the marks of
 * others do (decision 0026): no export has it, and its signs are of one size at every zoom.
 */
export function createMarkLayer(canvas: DiagramCanvas, choose: (key: string) => void): MarkLayer {
  const layer = element('div', css.layer);
  // For the pointer and the eye; all of it is said in the list.
  layer.setAttribute('aria-hidden', 'true');
  layer.dataset.testid = 'comparison';
  const plane = element('div', css.plane);
  const lines = drawing('svg', css.lines);
  const signs = element('div', css.signs);
  lines.append(arrowHead());
  const paths = drawing('g');
  lines.append(paths);
  plane.append(lines, signs);
  layer.append(plane);
  service(canvas, 'canvas').getContainer().querySelector(':scope > svg')?.after(layer);

  let scene: Scene = { marks: new Map(), ghosts: [], inside: [], chosen: null };
  let state = 0;
  let request = 0;
  let drawn = '';

  const contour = (key: string): Contour | null => {
    const found = canvas.elementOf(key);
    const view = service(canvas, 'canvas');
    return found && view.findRoot(found) === view.getRootElement() ? contourOf(found) : null;
  };

  const draw = () => {
    request = 0;
    const lie = lieOf(canvas);
    if (!lie) return;
    plane.style.transform = `translate(${lie.offset.x}px, ${lie.offset.y}px)`;
    const signature = `${state} ${lie.scale}`;
    if (signature === drawn) return;
    drawn = signature;
    paths.replaceChildren();
    signs.replaceChildren();
    const shown = canvas.shownPlane();
    for (const ghost of scene.ghosts) {
      if (ghost.plane === shown) drawGhost(ghost, lie.scale);
    }
    for (const [key, mark] of scene.marks) drawMark(key, mark, lie.scale);
    for (const each of scene.inside) drawInside(each, lie.scale);
  };

  const drawGhost = (ghost: Ghost, scale: number) => {
    const key = keyOf(ghost);
    if (key === null) return;
    const isChosen = key === scene.chosen;
    const outline = path(pathOf(ghost.contour, scale, 0), `ghost-${ghost.type}`, isChosen);
    outline.dataset.ghost = ghost.key;
    outline.toggleAttribute('data-line', ghost.contour.form === 'line');
    paths.append(outline);
    const now = ghost.type === 'moved' && ghost.contour.form !== 'line' ? contour(ghost.key) : null;
    const way = now && wayBetween(ghost.contour, now);
    if (way) paths.append(path(lineOf(way, scale), 'arrow', isChosen));
    if (ghost.type !== 'removed') return;
    if (ghost.contour.form !== 'line' && ghost.name !== '') signs.append(nameOf(ghost, scale));
    const mark = scene.marks.get(key);
    if (mark) signs.append(signFor(key, mark, ghost.contour, scale));
  };

  const drawMark = (key: string, mark: Mark, scale: number) => {
    const place = mark.types.includes('removed') ? null : contour(mark.change.thing.id);
    if (!place) return;
    const isLine = place.form === 'line';
    const outline = path(pathOf(place, scale, isLine ? 0 : away), mainType(mark), key === scene.chosen);
    outline.dataset.key = mark.change.thing.id;
    outline.toggleAttribute('data-line', isLine);
    paths.append(outline);
    signs.append(signFor(key, mark, place, scale));
  };

  const drawInside = ({ key, plane: page, marks }: Inside, scale: number) => {
    const place = contour(key);
    if (!place || place.form === 'line') return;
    const way = element('button', css.inside, `${marks.length} inside`);
    way.type = 'button';
    way.tabIndex = -1;
    way.dataset.inside = key;
    way.title = marks.length === 1 ? 'One change on its page' : `${marks.length} changes on its page`;
    way.style.transform = `translate(${place.x * scale - away}px, ${(place.y + place.height) * scale - 9}px)`;
    way.addEventListener('click', () => void canvas.showPlane(page));
    signs.append(way);
  };

  /** A thing of the diagram has one mark, whichever of its collections it lies in. */
  const keyOf = ({ key }: Ghost): string | null =>
    [`el/${key}`, `one/${key}`].find((each) => scene.marks.has(each)) ?? null;

  const signFor = (key: string, mark: Mark, place: Contour, scale: number) => {
    const sign = element('button', css.sign);
    const { name, what } = mark.change;
    sign.type = 'button';
    sign.tabIndex = -1;
    sign.dataset.type = mainType(mark);
    sign.dataset.sign = mark.change.thing.id;
    sign.toggleAttribute('data-chosen', key === scene.chosen);
    sign.title = `${typesText(mark.types)}: ${name || what}`;
    sign.append(glyph(mainType(mark)));
    const { x, y } = cornerOf(place);
    const off = place.form === 'line' ? 0 : away;
    sign.style.transform = `translate(${x * scale - off - 9}px, ${y * scale - off - 9}px)`;
    sign.addEventListener('click', () => choose(key));
    return sign;
  };

  const invite = () => {
    request ||= requestAnimationFrame(draw);
  };
  const changed = () => {
    state += 1;
    invite();
  };
  const stops = [
    canvas.subscribe(changed),
    onCanvas(canvas, ['root.set', 'import.done'], changed),
    onCanvas(canvas, ['canvas.viewbox.changed', 'canvas.resized'], invite),
  ];
  return {
    show(next) {
      scene = next;
      changed();
    },
    destroy() {
      cancelAnimationFrame(request);
      for (const stop of stops) stop();
      layer.remove();
    },
  };
}

function path(d: string, kind: string, isChosen: boolean): SVGPathElement {
  const node = drawing('path');
  node.setAttribute('d', d);
  node.dataset.kind = kind;
  node.toggleAttribute('data-chosen', isChosen);
  return node;
}

function lineOf([from, to]: readonly [Point, Point], scale: number): string {
  return `M${from.x * scale} ${from.y * scale}L${to.x * scale} ${to.y * scale}`;
}

const arrowId = 'tm-moved-here';

function arrowHead(): SVGElement {
  const marker = drawing('marker');
  const attributes = { id: arrowId, viewBox: '0 0 8 8', refX: '7', refY: '4', orient: 'auto' };
  for (const [name, value] of Object.entries(attributes)) marker.setAttribute(name, value);
  marker.setAttribute('markerWidth', '8');
  marker.setAttribute('markerHeight', '8');
  marker.setAttribute('markerUnits', 'userSpaceOnUse');
  const head = drawing('path');
  head.setAttribute('d', 'M1 1l6 3-6 3z');
  marker.append(head);
  return marker;
}

/** What a removed element was called, within its ghost. */
function nameOf({ contour, name }: Ghost, scale: number): HTMLElement {
  const words = element('span', css.name, name);
  if (contour.form === 'line') return words;
  const { x, y, width, height } = contour;
  Object.assign(words.style, {
    transform: `translate(${x * scale}px, ${y * scale}px)`,
    width: `${Math.max(48, width * scale)}px`,
    height: `${height * scale}px`,
    fontSize: `${Math.min(13, Math.max(9, 12 * scale))}px`,
  });
  return words;
}
