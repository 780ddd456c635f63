/**
 * A window for bpmn-js without a browser: jsdom, and what it lacks. Made once in a thread; no script of a page runs in it and
 * nothing is loaded by it.
 */
import { JSDOM } from 'jsdom';
import { ascent, descent, widthOf } from './font.ts';
import { Matrix, Transform, TransformList } from './matrix.ts';
import { type Box, boxOf, lengthOf, noBox, pointAt, pointsOf } from './path.ts';

/** What bpmn-js takes for granted to be global. */
const globals = [
  'document',
  'navigator',
  'Node',
  'Element',
  'HTMLElement',
  'SVGElement',
  'DOMParser',
  'XMLSerializer',
  'MutationObserver',
  'Event',
  'CustomEvent',
  'KeyboardEvent',
  'MouseEvent',
  'DocumentFragment',
  'getComputedStyle',
] as const;

/** The container that canvases live in. */
export interface Page {
  readonly container: HTMLElement;
}

export function openPage(): Page {
  const { window } = new JSDOM('<!doctype html><html><body><div></div></body></html>');
  const world = globalThis as unknown as Record<string, unknown>;
  const define = (name: string, value: unknown) =>
    Object.defineProperty(world, name, { value, configurable: true, writable: true });
  define('window', window);
  for (const name of globals) define(name, window[name]);
  // Nothing here is animated: what would wait for the next frame is never seen.
  define('requestAnimationFrame', () => 0);
  define('cancelAnimationFrame', () => undefined);
  define('CSS', { escape: escapeName });
  define('SVGMatrix', Matrix);

  const { SVGElement, SVGSVGElement, HTMLCanvasElement } = window;
  fillElement(SVGElement.prototype);
  fillRoot(SVGSVGElement.prototype);
  HTMLCanvasElement.prototype.getContext = (() => new TextContext()) as never;

  const container = window.document.querySelector('div');
  if (container === null) throw new Error('The page has no container.');
  return { container };
}

/** As CSS.escape of a browser, for the names that diagram-js looks for. */
function escapeName(name: string): string {
  return [...name]
    .map((c, i) => {
      if (/[\p{L}_-]|[^\p{ASCII}]/u.test(c) || (i > 0 && /\d/.test(c))) return c;
      return /\d/.test(c) ? `\\${c.charCodeAt(0).toString(16)} ` : `\\${c}`;
    })
    .join('');
}

/** The one thing that diagram-js wants of a canvas: to measure text. */
class TextContext {
  font = '12px Arimo';
  letterSpacing = '0px';

  measureText(text: string) {
    const size = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 12);
    const spacing = Number.parseFloat(this.letterSpacing) || 0;
    return {
      width: widthOf(text) * size + spacing * text.length,
      fontBoundingBoxAscent: Math.round(ascent * size),
      fontBoundingBoxDescent: Math.round(descent * size),
    };
  }
}

/** What has been declared for one element, in the order it was. Values are kept as text and judged by who writes them out. */
export class Declarations {
  readonly [name: string]: unknown;

  setProperty(name: string, value: string): void {
    (this as Record<string, unknown>)[name] = value;
  }

  getPropertyValue(name: string): string {
    return String(this[name] ?? '');
  }

  removeProperty(name: string): void {
    delete (this as Record<string, unknown>)[name];
  }
}

const declarations = new WeakMap<object, Declarations>();
const transforms = new WeakMap<object, TransformList>();

/** The style of an SVG element. A style sheet engine would only cost time. */
export function declarationsOf(element: object): Declarations {
  let own = declarations.get(element);
  if (own === undefined) {
    own = new Declarations();
    declarations.set(element, own);
  }
  return own;
}

function fillElement(element: SVGElement): void {
  const define = (name: string, get: (this: SVGElement) => unknown) =>
    Object.defineProperty(element, name, { get, configurable: true });
  define('style', function () {
    return declarationsOf(this);
  });
  define('transform', function () {
    let list = transforms.get(this);
    if (list === undefined) {
      list = new TransformList((text) => this.setAttribute('transform', text));
      transforms.set(this, list);
    }
    return { baseVal: list, animVal: list };
  });
  Object.assign(element, {
    getBBox(this: SVGElement) {
      return boxOfElement(this);
    },
    getComputedTextLength(this: SVGElement) {
      return textBox(this).width;
    },
    getTotalLength(this: SVGElement) {
      return lengthOf(pathOf(this));
    },
    getPointAtLength(this: SVGElement, length: number) {
      return pointAt(pathOf(this), length);
    },
    getCTM: () => new Matrix(),
    getScreenCTM: () => new Matrix(),
  });
}

function pathOf(element: SVGElement) {
  return pointsOf(element.getAttribute('d') ?? '');
}

/** Of text and paths, which bpmn-js asks for while it draws. How large a drawing is comes from the elements of the diagram. */
function boxOfElement(element: SVGElement): Box {
  if (element.tagName === 'path') return boxOf(pathOf(element));
  if (element.tagName === 'tspan') return textBox(element);
  if (element.tagName !== 'text') return noBox;
  const lines = [...element.children].map((line) => textBox(line)).filter(({ height }) => height > 0);
  return boxOf(
    lines.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}

/** Of one line of text. */
export function textBox(element: Element): Box {
  const size = fontSizeOf(element);
  const text = element.textContent ?? '';
  const number = (name: string) => Number(element.getAttribute(name) ?? 0);
  const height = text.trim() === '' ? 0 : (ascent + descent) * size;
  return { x: number('x'), y: number('y') - ascent * size, width: widthOf(text) * size, height };
}

function fontSizeOf(element: Element | null): number {
  for (let at = element; at !== null; at = at.parentElement) {
    const size = Number.parseFloat(declarationsOf(at).getPropertyValue('font-size'));
    if (size > 0) return size;
  }
  return 12;
}

function fillRoot(root: SVGSVGElement): void {
  Object.assign(root, {
    createSVGMatrix: () => new Matrix(),
    createSVGTransform: () => new Transform(),
    createSVGTransformFromMatrix: (matrix: Matrix) => new Transform(matrix),
    createSVGPoint: () => ({
      x: 0,
      y: 0,
      matrixTransform() {
        return this;
      },
    }),
  });
}
