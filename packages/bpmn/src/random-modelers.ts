import { type DiagramView, diagram, fillDiagram, writeDifference } from '@tidemark/documents/diagram';
import { createEditor, createReader, createUndo, type Undo } from '@tidemark/documents/records';
import fc from 'fast-check';
import * as Y from 'yjs';
import { type BuiltDiagram, build } from './build.ts';
import { flattenChanged } from './flatten-changed.ts';
import { createModdle, type ModdleElement } from './moddle.ts';
import { patchTree } from './patch-tree.ts';

/**
 * People who change moddle trees as bpmn-js does, each on a replica of one document, for property tests: what bpmn-js
 * draws is left out, what it does to the tree is here.
 */
const moddle = createModdle();

export interface Modeler {
  readonly doc: Y.Doc;
  readonly tree: BuiltDiagram;
  readonly undo: Undo;
  view(): DiagramView;
  /** One command: changes the tree, names what it touched, and the difference is written. */
  edit(change: (tree: ModelerTree) => Iterable<ModdleElement>): void;
  /** Brings the tree to what the document says by now. */
  catchUp(): void;
}

/** The tree with what a command needs of it. */
export interface ModelerTree {
  readonly tree: BuiltDiagram;
  all(type: string): ModdleElement[];
  make(type: string, attributes?: Readonly<Record<string, unknown>>): ModdleElement;
}

export function createModeler(doc: Y.Doc): Modeler {
  const reader = createReader(doc, diagram);
  const editor = createEditor(doc, diagram.schema);
  const undo = createUndo(editor);
  let shown = reader.view();
  const tree = build(shown, moddle);
  let made = 0;
  const catchUp = () => {
    const view = reader.view();
    patchTree(moddle, tree, shown.elements, view.elements);
    shown = view;
  };
  return {
    doc,
    tree,
    undo,
    view: () => reader.view(),
    catchUp,
    edit(change) {
      const touched = change({
        tree,
        all: (type) =>
          [...shown.elements.keys()]
            .sort()
            .map((key) => tree.elementOf(key)!)
            .filter((element) => element.$instanceOf(type)),
        make(type, attributes = {}) {
          made += 1;
          return moddle.create(type, { id: `e${doc.clientID}x${made}`, ...attributes });
        },
      });
      const { before, after } = flattenChanged(touched, tree.definitions, tree, shown.elements);
      writeDifference(editor, before, after, 'Edit');
      // As a canvas does: what it shows is what was just written, then whatever the view makes of that.
      const elements = new Map([...shown.elements].filter(([key]) => !before.has(key)));
      for (const [key, element] of after) elements.set(key, element);
      shown = { ...shown, elements };
      catchUp();
    },
  };
}

export function startTogether(elements: DiagramView['elements'], root: string, count: number): Y.Doc[] {
  const first = new Y.Doc();
  fillDiagram(first, elements, root);
  const start = Y.encodeStateAsUpdate(first);
  return Array.from({ length: count }, (_, index) => {
    const doc = new Y.Doc();
    doc.clientID = 100 + index;
    Y.applyUpdate(doc, start);
    return doc;
  });
}

export interface Step {
  readonly who: number;
  readonly what: keyof typeof commands;
  readonly pick: number;
  readonly other: number;
  /** Whether everybody hears of all so far. */
  readonly meet: boolean;
}

type Command = (tools: ModelerTree, pick: number, other: number) => Iterable<ModdleElement>;

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
const listOf = (element: ModdleElement, name: string) => element.get(name) as ModdleElement[];

function attach(owner: ModdleElement, name: string, element: ModdleElement): void {
  element.$parent = owner;
  listOf(owner, name).push(element);
}

function detach(element: ModdleElement, name: string): void {
  const list = element.$parent === undefined ? [] : listOf(element.$parent, name);
  if (list.includes(element)) list.splice(list.indexOf(element), 1);
  element.$parent = undefined;
}

function drawingsOf(tools: ModelerTree, element: ModdleElement): ModdleElement[] {
  return tools.all('di:DiagramElement').filter((drawn) => drawn.get('bpmnElement') === element);
}

function isWithin(element: ModdleElement | undefined, owner: ModdleElement): boolean {
  for (let up = element; up !== undefined; up = up.$parent) if (up === owner) return true;
  return false;
}

export const commands = {
  rename: (tools, pick, other) => {
    const element = at(tools.all('bpmn:FlowElement'), pick);
    element?.set('name', other % 5 === 0 ? undefined : `Name ${other}`);
    return element === undefined ? [] : [element];
  },
  append: (tools, pick, other) => {
    const owner = at(tools.all('bpmn:FlowElementsContainer'), pick);
    const plane = at(tools.all('bpmndi:BPMNPlane'), 0);
    if (owner === undefined || plane === undefined) return [];
    const type = ['bpmn:Task', 'bpmn:SubProcess', 'bpmn:StartEvent', 'bpmn:ExclusiveGateway'][other % 4]!;
    const node = tools.make(type);
    attach(owner, 'flowElements', node);
    const shape = tools.make('bpmndi:BPMNShape', {
      bpmnElement: node,
      bounds: moddle.create('dc:Bounds', { x: pick, y: other, width: 100, height: 80 }),
    });
    attach(plane, 'planeElement', shape);
    return [node, shape];
  },
  connect: (tools, pick, other) => {
    const source = at(tools.all('bpmn:FlowNode'), pick);
    const target = at(tools.all('bpmn:FlowNode'), other);
    if (source?.$parent === undefined || target === undefined) return [];
    const flow = tools.make('bpmn:SequenceFlow', { sourceRef: source, targetRef: target });
    attach(source.$parent, 'flowElements', flow);
    listOf(source, 'outgoing').push(flow);
    listOf(target, 'incoming').push(flow);
    return [flow, source, target];
  },
  remove: (tools, pick) => {
    const node = at(tools.all('bpmn:FlowNode'), pick);
    if (node === undefined) return [];
    const gone = tools.all('bpmn:FlowElement').filter((element) => isWithin(element, node));
    const flows = tools
      .all('bpmn:SequenceFlow')
      .filter((flow) =>
        [flow.get('sourceRef'), flow.get('targetRef')].some((end) => gone.includes(end as ModdleElement)),
      );
    const drawn = [...gone, ...flows].flatMap((element) => drawingsOf(tools, element));
    const owner = node.$parent!;
    detach(node, 'flowElements');
    for (const flow of flows) if (flow.$parent !== undefined) detach(flow, 'flowElements');
    for (const shape of drawn) if (shape.$parent !== undefined) detach(shape, 'planeElement');
    // bpmn-js leaves the flows in the lists of what they connected.
    return [node, owner, ...flows, ...drawn];
  },
  moveInto: (tools, pick, other) => {
    const node = at(tools.all('bpmn:FlowNode'), pick);
    const owner = at(tools.all('bpmn:FlowElementsContainer'), other);
    if (node === undefined || owner === undefined || isWithin(owner, node) || node.$parent === undefined)
      return [];
    detach(node, 'flowElements');
    attach(owner, 'flowElements', node);
    return [node, owner];
  },
  moveShape: (tools, pick, other) => {
    const shape = at(tools.all('bpmndi:BPMNShape'), pick);
    const bounds = shape?.get('bounds') as ModdleElement | undefined;
    bounds?.set('x', other);
    return shape === undefined ? [] : [shape];
  },
  toFront: (tools, pick) => {
    const shape = at(tools.all('bpmndi:BPMNShape'), pick);
    const plane = shape?.$parent;
    if (shape === undefined || plane === undefined) return [];
    detach(shape, 'planeElement');
    attach(plane, 'planeElement', shape);
    return [plane];
  },
  morph: (tools, pick, other) => {
    const task = at(tools.all('bpmn:Task'), pick);
    if (task?.$parent === undefined) return [];
    const type = ['bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:ScriptTask'][other % 3]!;
    const heir = tools.make(type, { name: task.get('name') });
    tools.tree.inherit(heir, task);
    const owner = task.$parent;
    const extensions = task.get('extensionElements') as ModdleElement | undefined;
    if (extensions !== undefined) {
      const copy = moddle.create('bpmn:ExtensionElements', { values: [...listOf(extensions, 'values')] });
      for (const value of listOf(copy, 'values')) value.$parent = copy;
      copy.$parent = heir;
      heir.set('extensionElements', copy);
    }
    const drawn = drawingsOf(tools, task);
    for (const shape of drawn) shape.set('bpmnElement', heir);
    // bpmn-js reconnects the flows; references elsewhere (lanes) are left to the old object.
    const flows = tools.all('bpmn:SequenceFlow');
    const ends: ModdleElement[] = [];
    for (const flow of flows) {
      for (const [end, list] of [
        ['sourceRef', 'outgoing'],
        ['targetRef', 'incoming'],
      ] as const) {
        if (flow.get(end) !== task) continue;
        flow.set(end, heir);
        listOf(heir, list).push(flow);
        ends.push(flow);
      }
    }
    listOf(owner, 'flowElements').splice(listOf(owner, 'flowElements').indexOf(task), 1, heir);
    heir.$parent = owner;
    task.$parent = undefined;
    return [task, heir, owner, ...drawn, ...ends];
  },
  extend: (tools, pick, other) => {
    const element = at(tools.all('bpmn:FlowElement'), pick);
    if (element === undefined) return [];
    let extensions = element.get('extensionElements') as ModdleElement | undefined;
    if (extensions === undefined) {
      extensions = moddle.create('bpmn:ExtensionElements');
      extensions.$parent = element;
      element.set('extensionElements', extensions);
    }
    const value = moddle.createAny('acme:note', 'urn:acme', { text: `${other}` });
    attach(extensions, 'values', value);
    return [element];
  },
  strip: (tools, pick) => {
    const element = at(tools.all('bpmn:FlowElement'), pick);
    element?.set('extensionElements', undefined);
    return element === undefined ? [] : [element];
  },
  document: (tools, pick, other) => {
    const element = at(tools.all('bpmn:FlowElement'), pick);
    if (element === undefined) return [];
    const list = listOf(element, 'documentation');
    if (list[0] !== undefined) list[0].set('text', `Text ${other}`);
    else attach(element, 'documentation', moddle.create('bpmn:Documentation', { text: `Text ${other}` }));
    return [element];
  },
  assign: (tools, pick, other) => {
    const process = at(tools.all('bpmn:Process'), 0);
    const node = at(tools.all('bpmn:FlowNode'), pick);
    if (process === undefined || node === undefined) return [];
    const lanes = tools.all('bpmn:Lane');
    let lane = at(lanes, other);
    const touched: ModdleElement[] = [];
    if (lane === undefined || other % 5 === 0) {
      let set = at(tools.all('bpmn:LaneSet'), 0);
      if (set === undefined) {
        set = tools.make('bpmn:LaneSet');
        attach(process, 'laneSets', set);
      }
      lane = tools.make('bpmn:Lane');
      attach(set, 'lanes', lane);
    }
    for (const other of lanes) {
      const nodes = listOf(other, 'flowNodeRef');
      if (!nodes.includes(node)) continue;
      nodes.splice(nodes.indexOf(node), 1);
      touched.push(other);
    }
    listOf(lane, 'flowNodeRef').push(node);
    return [...touched, lane];
  },
} as const satisfies Record<string, Command>;

export function steps(people: number, maxLength: number): fc.Arbitrary<Step[]> {
  const names = Object.keys(commands) as (keyof typeof commands)[];
  return fc.array(
    fc.record({
      who: fc.nat(people - 1),
      what: fc.constantFrom(...names),
      pick: fc.nat(1000),
      other: fc.nat(1000),
      meet: fc.nat(3).map((chance) => chance === 0),
    }),
    { maxLength, size: 'max' },
  );
}
