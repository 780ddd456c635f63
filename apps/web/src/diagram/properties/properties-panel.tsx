import { setTitle } from '@tidemark/documents/diagram';
import { usePhone } from '@tidemark/ui';
import { ColourField } from '../tools/colour-field.tsx';
import { useDiagramView, useTools } from '../tools/context.ts';
import { type CanvasElement, flagOf, is, isAny, listOf } from '../tools/elements.ts';
import { keyAt } from '../tools/elements-at.ts';
import { service } from '../tools/services.ts';
import { typeIcon } from '../tools/type-icon.ts';
import { typeWords } from '../tools/type-words.ts';
import { useRevision, useSelected } from '../tools/use-canvas.ts';
import { ActivityFields } from './activity-fields.tsx';
import { FlagField } from './choice-fields.tsx';
import { EventFields } from './event-fields.tsx';
import { ExtensionFields } from './extension-fields.tsx';
import { DefaultFlowField, FlowFields } from './flow-fields.tsx';
import { GeneralFields, ProcessFields, processOf } from './general-fields.tsx';
import { Group } from './group.tsx';
import css from './properties.module.css';
import { set, type Target, targetOf } from './target.ts';
import { TextField } from './text-field.tsx';
import { TypeMenu } from './type-menu.tsx';

/** All that can be said about what is selected; about the diagram itself while nothing is. */
export function PropertiesPanel() {
  const { canvas } = useTools();
  useRevision();
  const selected = useSelected();
  const [only] = selected;
  if (selected.length > 1) return <Several elements={selected} />;
  const element = only ?? service(canvas, 'canvas').getRootElement();
  if (!element?.businessObject) return <DiagramFields />;
  // By its key, so that what is typed outlives others' changes to the element.
  const key = keyAt(canvas, element) ?? element.id;
  return (
    <div className={css.panel} key={key} data-properties tabIndex={-1}>
      <Head element={element} />
      {!only && <DiagramFields />}
      <Fields target={targetOf(canvas, element)} />
    </div>
  );
}

function Head({ element }: { element: CanvasElement }) {
  const { mayEdit } = useTools();
  const phone = usePhone();
  const { type, businessObject } = element;
  const definitions = listOf(businessObject, 'eventDefinitions').map(({ $type }) => $type);
  return (
    <div className={css.head}>
      <span className={css.icon} aria-hidden>
        <span className={typeIcon(type, definitions)} />
      </span>
      <div className={css.what}>
        <h3 className={css.type}>{typeWords(type, definitions)}</h3>
      </div>
      {mayEdit && !phone && <TypeMenu element={element} />}
    </div>
  );
}

function DiagramFields() {
  const { editor } = useTools();
  const { title } = useDiagramView().meta;
  return (
    <TextField
      label="Title"
      value={title}
      maxLength={500}
      placeholder="Untitled"
      commit={(text) => setTitle(editor, text)}
    />
  );
}

function Fields({ target }: { target: Target }) {
  const { mayEdit } = useTools();
  const { element, object } = target;
  const process = processOf(element);
  return (
    <>
      <GeneralFields target={target} />
      {process && <ProcessFields target={target} process={process} />}
      {is(object, 'bpmn:Event') && <EventFields target={target} />}
      {isAny(object, ['bpmn:StartEvent', 'bpmn:BoundaryEvent']) && <Interrupting target={target} />}
      {is(object, 'bpmn:Activity') && <ActivityFields target={target} />}
      {is(object, 'bpmn:SequenceFlow') && <FlowFields target={target} />}
      {isAny(object, [
        'bpmn:Activity',
        'bpmn:ExclusiveGateway',
        'bpmn:InclusiveGateway',
        'bpmn:ComplexGateway',
      ]) && <DefaultFlowField target={target} />}
      {element.parent && mayEdit && (
        <Group title="Look">
          <ColourField elements={[element]} />
        </Group>
      )}
      <ExtensionFields target={target} />
    </>
  );
}

/** Whether an event stops what it is attached to. */
function Interrupting({ target }: { target: Target }) {
  const { object } = target;
  const boundary = is(object, 'bpmn:BoundaryEvent');
  const inEventSubProcess = object.$parent !== undefined && flagOf(object.$parent, 'triggeredByEvent');
  if (!boundary && !inEventSubProcess) return null;
  const property = boundary ? 'cancelActivity' : 'isInterrupting';
  return (
    <Group title="Event">
      <FlagField
        label={boundary ? 'Stops the activity' : 'Stops what runs'}
        value={flagOf(object, property)}
        commit={(value) => set(target, object, { [property]: value })}
      />
    </Group>
  );
}

/** What several elements have in common. */
function Several({ elements }: { elements: readonly CanvasElement[] }) {
  return (
    <div className={css.panel}>
      <div className={css.what}>
        <h3 className={css.type}>{elements.length} elements</h3>
        <p className={css.detail}>{census(elements)}</p>
      </div>
      <ColourField elements={elements} />
    </div>
  );
}

/** "2 user tasks, 1 start event": the commonest first. */
function census(elements: readonly CanvasElement[]): string {
  const counts = new Map<string, number>();
  for (const { type } of elements) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([type, count]) => `${count} ${typeWords(type).toLowerCase()}${count === 1 ? '' : 's'}`)
    .join(', ');
}
