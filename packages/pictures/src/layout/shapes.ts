/** What has been laid out, written into the file as shapes and edges. */
import { widthOf } from '../font.ts';
import type { Box, Point } from '../path.ts';
import {
  type Definitions,
  type Diagram,
  is,
  type Moddle,
  type ModdleFactory,
  type Plane,
} from '../viewer.ts';
import { flowNodesOf } from './model.ts';

/** Of names beside their elements, as bpmn-js has them. */
const [labelSize, labelWidth] = [11, 90];

/** Gives ids that nothing in the file has, the same ones to the same file. */
export class Ids {
  readonly #taken = new Set<string>();

  constructor(definitions: Definitions) {
    const seen = new Set<object>();
    const stack: unknown[] = [definitions];
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      const { id } = value as { id?: unknown };
      if (typeof id === 'string') this.#taken.add(id);
      for (const inner of Object.values(value))
        if (typeof inner === 'object' && inner !== null) stack.push(inner);
    }
  }

  give(wish: string): string {
    let id = wish;
    for (let n = 2; this.#taken.has(id); n += 1) id = `${wish}_${n}`;
    this.#taken.add(id);
    return id;
  }
}

export class Pen {
  readonly #moddle: ModdleFactory;
  readonly #ids: Ids;
  readonly #definitions: Definitions;

  constructor(moddle: ModdleFactory, definitions: Definitions) {
    this.#moddle = moddle;
    this.#definitions = definitions;
    this.#ids = new Ids(definitions);
  }

  /** A diagram of its own for a process, collaboration or subprocess, after those that are there. */
  addDiagram(of: Moddle): Diagram {
    const plane = this.#moddle.create('bpmndi:BPMNPlane', { bpmnElement: of }) as Plane;
    const diagram = this.#moddle.create('bpmndi:BPMNDiagram', { plane }) as Diagram;
    plane.$parent = diagram;
    diagram.$parent = this.#definitions;
    this.name(diagram);
    (this.#definitions.get('diagrams') as Diagram[]).push(diagram);
    return diagram;
  }

  /** Gives a diagram without an id one, and its plane. */
  name(diagram: Diagram): void {
    const base = diagram.plane?.bpmnElement?.id ?? 'BPMN';
    if (diagram.id) return;
    diagram.id = this.#ids.give(`${base}_diagram`);
    if (diagram.plane !== undefined && !diagram.plane.id)
      diagram.plane.id = this.#ids.give(`${base}_plane_di`);
  }

  addShape(plane: Plane, element: Moddle, { x, y, width, height }: Box): void {
    const values: Record<string, unknown> = {};
    if (is(element, 'bpmn:Participant') || is(element, 'bpmn:Lane')) values.isHorizontal = true;
    if (is(element, 'bpmn:SubProcess')) values.isExpanded = isOpen(element, width);
    if (is(element, 'bpmn:ExclusiveGateway')) values.isMarkerVisible = true;
    const bounds = this.#bounds({ x, y, width, height });
    const shape = this.#add(plane, 'bpmndi:BPMNShape', element, { bounds, ...values });
    bounds.$parent = shape;
    const name = element.get('name');
    if (is(element, 'bpmn:Gateway') && typeof name === 'string' && name !== '')
      this.#nameAbove(shape, name, { x, y, width, height });
  }

  /** Branches leave a gateway downwards, where its name would be. */
  #nameAbove(shape: Moddle, name: string, { x, y, width }: Box): void {
    const lines = Math.ceil((widthOf(name) * labelSize * 1.2) / labelWidth);
    const height = lines * labelSize * 1.2;
    const bounds = this.#bounds({
      x: x + width / 2 - labelWidth / 2,
      y: y - height - 4,
      width: labelWidth,
      height,
    });
    const label = this.#moddle.create('bpmndi:BPMNLabel', { bounds });
    bounds.$parent = label;
    label.$parent = shape;
    shape.set('label', label);
  }

  #bounds({ x, y, width, height }: Box): Moddle {
    return this.#moddle.create('dc:Bounds', {
      x: Math.round(x),
      y: Math.round(y),
      width: Math.round(width),
      height: Math.round(height),
    });
  }

  addEdge(plane: Plane, element: Moddle, points: readonly Point[]): void {
    const waypoint = points.map(({ x, y }) =>
      this.#moddle.create('dc:Point', { x: Math.round(x), y: Math.round(y) }),
    );
    const edge = this.#add(plane, 'bpmndi:BPMNEdge', element, { waypoint });
    for (const point of waypoint) point.$parent = edge;
  }

  #add(plane: Plane, type: string, element: Moddle, values: Readonly<Record<string, unknown>>): Moddle {
    const id = this.#ids.give(`${element.id ?? 'element'}_di`);
    const di = this.#moddle.create(type, { id, bpmnElement: element, ...values });
    di.$parent = plane;
    (plane.get('planeElement') as Moddle[]).push(di);
    return di;
  }
}

/** One that has content and room for it. */
function isOpen(subprocess: Moddle, width: number): boolean {
  return flowNodesOf(subprocess).length > 0 && width > 100;
}
