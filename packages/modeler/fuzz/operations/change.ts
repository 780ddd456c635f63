import { isConnection, type MenuEntry } from '../page/bpmn.ts';
import { connections, type Desk, notOfType, type Operation, ofType, shapes } from './desk.ts';

const words = [
  'Check',
  'the order\nagain',
  'Ship',
  'über',
  'x',
  'A rather long name that needs three lines of text',
  '日本',
];

export function phrase(desk: Desk): string {
  return `${desk.chance.oneOf(words)} ${desk.chance.between(1, 99)}`;
}

export const rename: Operation = (desk) => {
  const element = desk.pick(notOfType(desk.elements(), 'bpmn:Group'));
  if (!element) return null;
  const text = desk.chance.percent(15) ? '' : phrase(desk);
  desk.get('modeling').updateLabel(element, text);
  return `${element.id}: ${JSON.stringify(text)}`;
};

/** Typed into the text box on the canvas. */
export const writeLabel: Operation = (desk) => {
  const element = desk.pick(desk.elements());
  const editing = desk.get('directEditing');
  if (!element) return null;
  editing.cancel();
  if (!editing.activate(element) || !editing.isActive()) return null;
  const text = desk.chance.percent(20) ? '' : phrase(desk);
  editing._textbox.content.innerText = text;
  if (desk.chance.percent(10)) editing.cancel();
  else editing.complete();
  return `${element.id}: ${JSON.stringify(text)}`;
};

export const colour: Operation = (desk) => {
  const chosen = desk.several(desk.elements(), 3);
  if (chosen.length === 0) return null;
  const hex = () => `#${desk.chance.between(0, 0xffffff).toString(16).padStart(6, '0')}`;
  const colours = desk.chance.oneOf([{ fill: hex(), stroke: hex() }, { stroke: hex() }, {}]);
  desk.get('modeling').setColor(chosen, colours);
  return chosen.map(({ id }) => id).join(', ');
};

export const resize: Operation = (desk) => {
  const shape = desk.pick(
    notOfType(shapes(desk), 'bpmn:Lane').filter((candidate) =>
      desk.get('rules').allowed('shape.resize', { shape: candidate }),
    ),
  );
  if (!shape) return null;
  const box = {
    x: shape.x + (desk.chance.percent(30) ? desk.chance.between(-20, 0) : 0),
    y: shape.y,
    width: Math.max(shape.width + desk.chance.between(-10, 60), 60),
    height: Math.max(shape.height + desk.chance.between(-10, 40), 50),
  };
  if (!desk.get('rules').allowed('shape.resize', { shape, newBounds: box })) return null;
  desk.get('modeling').resizeShape(shape, box);
  return shape.id;
};

function choose(desk: Desk, elementId: string, entries: Readonly<Record<string, MenuEntry>>): string | null {
  const list = Object.entries(entries);
  if (list.length === 0) return null;
  const [name, entry] = desk.chance.oneOf(list);
  const { action } = entry;
  const act = typeof action === 'function' ? action : action.click;
  if (typeof act !== 'function') return null;
  act(new MouseEvent('click'), entry);
  return `${elementId} ${name}`;
}

/** One entry of the replace menu: another type, default flow, conditional flow, expanded, collapsed. */
export const morph: Operation = (desk) => {
  const element = desk.pick(
    ofType(
      desk.elements(),
      'bpmn:FlowNode',
      'bpmn:Participant',
      'bpmn:SequenceFlow',
      'bpmn:DataObjectReference',
      'bpmn:DataStoreReference',
    ),
  );
  if (!element) return null;
  return choose(desk, element.id, desk.get('replaceMenuProvider').getPopupMenuEntries(element));
};

/** One mark of the replace menu: loop, multi-instance, ad hoc, collection, non-interrupting, multiplicity. */
export const mark: Operation = (desk) => {
  const element = desk.pick(
    ofType(shapes(desk), 'bpmn:Activity', 'bpmn:Participant', 'bpmn:DataObjectReference', 'bpmn:Event'),
  );
  if (!element) return null;
  return choose(desk, element.id, desk.get('replaceMenuProvider').getPopupMenuHeaderEntries(element));
};

export const remove: Operation = (desk) => {
  const element = desk.pick(
    desk.chance.percent(70) ? notOfType(shapes(desk), 'bpmn:Participant', 'bpmn:Lane') : connections(desk),
  );
  if (!element) return null;
  desk.get('modeling').removeElements([element]);
  return element.id;
};

export const removeSeveral: Operation = (desk) => {
  const chosen = desk.several(notOfType(desk.elements(), 'bpmn:Participant'), 4);
  if (chosen.length === 0) return null;
  desk.get('modeling').removeElements([...chosen]);
  return chosen.map(({ id }) => id).join(', ');
};

export const select: Operation = (desk) => {
  const chosen = desk.several(desk.elements(), 3);
  desk.get('selection').select(chosen);
  return `${chosen.map(({ id }) => id).join(', ')} (${chosen.filter(isConnection).length} connections)`;
};
