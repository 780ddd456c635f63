/**
 * What bpmn-js has drawn, written out as SVG. Only elements, attributes and values that are known pass: a file's names,
 * colours and ids are any text at all, and a picture of them must be inert wherever it is shown. Colours become plain ones, styles
 * attributes, and ids are numbered, so that the same diagram gives the same bytes.
 */
import { type Colour, parseColour } from './colour.ts';
import { fontFamily } from './font.ts';
import { Matrix } from './matrix.ts';
import { atNight } from './night.ts';
import type { Point } from './path.ts';
import type { Theme } from './request.ts';
import { declarationsOf, textBox } from './window.ts';

const shapes = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon']);
const groups = new Set(['g', 'defs', 'marker', 'text', 'tspan']);

/** Numbers, lists of numbers, paths and transforms. */
const geometry = new Set(
  'd x y x1 y1 x2 y2 cx cy r rx ry width height points transform viewBox refX refY markerWidth markerHeight'.split(
    ' ',
  ),
);
const geometric = /^[-+\d.,\s()a-z]*$/i;
const lost = /nan|infinity|undefined/i;

const paints = new Set(['fill', 'stroke']);
const lengths = new Set([
  'stroke-width',
  'fill-opacity',
  'stroke-opacity',
  'opacity',
  'font-size',
  'stroke-miterlimit',
]);
const words = new Set([
  'stroke-linecap',
  'stroke-linejoin',
  'font-weight',
  'font-style',
  'text-anchor',
  'fill-rule',
]);
const markers = new Set(['marker-start', 'marker-mid', 'marker-end']);

export interface Ink {
  readonly svg: string;
  /** Corners of all text, in the coordinates of the diagram: a label may stand out of its element. */
  readonly corners: readonly Point[];
}

export function inkOf(layer: Element, theme: Theme = 'light'): Ink {
  const writer = new Writer(theme === 'dark' ? atNight : (colour) => colour);
  const svg = [...layer.children].map((child) => writer.write(child, new Matrix())).join('');
  return { svg, corners: writer.corners };
}

class Writer {
  readonly corners: Point[] = [];
  readonly #ids = new Map<string, string>();
  readonly #seen: (colour: Colour) => Colour;

  constructor(seen: (colour: Colour) => Colour) {
    this.#seen = seen;
  }

  write(element: Element, outer: Matrix): string {
    const name = element.localName;
    if (!shapes.has(name) && !groups.has(name)) return '';
    const style = declarationsOf(element);
    if (style.getPropertyValue('display') === 'none' || isHandle(element)) return '';
    const attributes = this.#attributes(element);
    if (attributes === null) return '';
    const matrix = outer.multiply(matrixOf(element.getAttribute('transform')));
    const open = `<${name}${attributes}${name === 'text' ? ` font-family="${fontFamily}"` : ''}`;
    if (shapes.has(name)) return `${open}/>`;
    if (name === 'tspan') {
      this.#remember(element, matrix);
      return `${open}>${escapeText(element.textContent ?? '')}</tspan>`;
    }
    const inner = [...element.children].map((child) => this.write(child, matrix)).join('');
    return inner === '' ? '' : `${open}>${inner}</${name}>`;
  }

  /** Null when the element has no place that numbers can say. */
  #attributes(element: Element): string | null {
    let written = '';
    const put = (name: string, value: string) => {
      written += ` ${name}="${escapeText(value)}"`;
    };
    for (const { name, value } of element.attributes) {
      if (geometry.has(name)) {
        if (lost.test(value)) return null;
        if (geometric.test(value)) put(name, value);
      } else if (name === 'orient' && value === 'auto') put(name, value);
      else if (name === 'id' && element.localName === 'marker') put(name, this.#idOf(value));
      else if (name === 'data-element-id') put(name, value);
    }
    for (const [name, value] of Object.entries(declarationsOf(element)))
      this.#declare(name, String(value), put);
    return written;
  }

  #declare(name: string, value: string, put: (name: string, value: string) => void): void {
    if (paints.has(name)) {
      const said = parseColour(value);
      if (said === null) return;
      const colour = this.#seen(said);
      put(name, colour.paint);
      if (colour.opacity < 1) put(`${name}-opacity`, String(colour.opacity));
    } else if (lengths.has(name)) {
      const length = Number.parseFloat(value);
      if (Number.isFinite(length)) put(name, String(length));
    } else if (words.has(name)) {
      if (/^[a-z\d]+$/.test(value)) put(name, value);
    } else if (markers.has(name)) {
      const id = /^url\(["']?#([^"')]+)["']?\)$/.exec(value)?.[1];
      if (id !== undefined) put(name, `url(#${this.#idOf(id)})`);
    } else if (name === 'stroke-dasharray' && /^[\d.,\s]+$/.test(value)) {
      // A dash without length is left out by some, though its round cap is a dot.
      const dashes = value.split(/[,\s]+/).map((dash) => (Number(dash) === 0 ? '0.01' : dash));
      put(name, dashes.join(' '));
    }
  }

  #idOf(id: string): string {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    const given = `m${this.#ids.size + 1}`;
    this.#ids.set(id, given);
    return given;
  }

  #remember(line: Element, { a, b, c, d, e, f }: Matrix): void {
    const box = textBox(line);
    if (box.height === 0) return;
    for (const x of [box.x, box.x + box.width]) {
      for (const y of [box.y, box.y + box.height]) {
        this.corners.push({ x: a * x + c * y + e, y: b * x + d * y + f });
      }
    }
  }
}

/** What is there for the mouse alone. */
function isHandle(element: Element): boolean {
  return element.classList.contains('djs-hit') || element.classList.contains('djs-outline');
}

function matrixOf(text: string | null): Matrix {
  const numbers = /^matrix\(([^)]*)\)$/
    .exec(text ?? '')?.[1]
    ?.split(/[\s,]+/)
    .map(Number);
  return numbers?.length === 6 && numbers.every(Number.isFinite) ? new Matrix(...numbers) : new Matrix();
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML cannot hold even escaped. */
const unspeakable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export function escapeText(text: string): string {
  return text.replace(unspeakable, '').replace(/[&<>"']/g, (c) => entities[c] ?? '');
}
