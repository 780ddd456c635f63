import type { Elements } from '@tidemark/documents/diagram';
import { useTools } from '../tools/context.ts';
import {
  type CanvasElement,
  flagOf,
  is,
  listOf,
  type ModdleObject,
  objectOf,
  textOf,
} from '../tools/elements.ts';
import { service } from '../tools/services.ts';
import { FlagField } from './choice-fields.tsx';
import { Group } from './group.tsx';
import { idProblem } from './identifiers.ts';
import { create, set, setAll, type Target } from './target.ts';
import { TextField } from './text-field.tsx';

/** Name, id and documentation: what every element has. */
export function GeneralFields({ target }: { target: Target }) {
  const { object } = target;
  return (
    <>
      <NameField target={target} />
      <IdField target={target} object={object} label="Id" />
      <DocumentationField target={target} object={object} />
    </>
  );
}

function NameField({ target }: { target: Target }) {
  const { canvas, element, object } = target;
  if (is(object, 'bpmn:Collaboration')) return null;
  const [property, label] = nameOf(object);
  return (
    <TextField
      label={label}
      value={
        property === null ? textOf(objectOf(object, 'categoryValueRef'), 'value') : textOf(object, property)
      }
      multiline={property === 'text'}
      placeholder="None"
      commit={(text) => {
        // On the canvas a name is a label with a size; a process that is the whole canvas has none.
        if (element.parent) service(canvas, 'modeling').updateLabel(element, text);
        else set(target, object, { name: text === '' ? undefined : text });
      }}
    />
  );
}

function nameOf(object: ModdleObject): [string | null, string] {
  if (is(object, 'bpmn:TextAnnotation')) return ['text', 'Text'];
  if (is(object, 'bpmn:Group')) return [null, 'Name'];
  return ['name', is(object, 'bpmn:Participant') ? 'Participant name' : 'Name'];
}

export function IdField({ target, object, label }: { target: Target; object: ModdleObject; label: string }) {
  const id = textOf(object, 'id');
  const { reader } = useTools();
  return (
    <TextField
      label={label}
      value={id}
      code
      problem={(text) =>
        idProblem(text.trim(), (other) => other !== id && isTaken(reader.view().elements, other))
      }
      commit={(text) => set(target, object, { id: text.trim() })}
    />
  );
}

function isTaken(elements: Elements, id: string): boolean {
  for (const element of elements.values()) if (element.values.get('@id') === id) return true;
  return false;
}

export function DocumentationField({ target, object }: { target: Target; object: ModdleObject }) {
  const all = listOf(object, 'documentation');
  const first = all[0];
  return (
    <TextField
      label="Documentation"
      value={textOf(first, 'text')}
      multiline
      placeholder="None"
      commit={(text) => {
        if (first && text !== '') set(target, first, { text });
        else if (first) set(target, object, { documentation: all.slice(1) });
        else {
          const documentation = create(target, 'bpmn:Documentation', object, { text });
          set(target, object, { documentation: [documentation] });
        }
      }}
    />
  );
}

const camunda = 'http://camunda.org/schema/1.0/bpmn';

/** The process behind the canvas or behind a pool. */
export function ProcessFields({ target, process }: { target: Target; process: ModdleObject }) {
  const ofPool = process !== target.object;
  return (
    <Group title="Process">
      {ofPool && (
        <>
          <TextField
            label="Process name"
            value={textOf(process, 'name')}
            placeholder="None"
            commit={(text) => set(target, process, { name: text === '' ? undefined : text })}
          />
          <IdField target={target} object={process} label="Process id" />
        </>
      )}
      <FlagField
        label="Executable"
        value={flagOf(process, 'isExecutable')}
        commit={(isExecutable) => set(target, process, { isExecutable })}
      />
      <TextField
        label="Version tag"
        value={versionTag(process)}
        placeholder="None"
        commit={(text) => setVersionTag(target, process, text)}
      />
      {ofPool && <DocumentationField target={target} object={process} />}
    </Group>
  );
}

function versionTag(process: ModdleObject): string {
  const tag = process.get?.('camunda:versionTag') ?? process.$attrs?.['camunda:versionTag'];
  return typeof tag === 'string' ? tag : '';
}

function setVersionTag(target: Target, process: ModdleObject, text: string): void {
  const changes = [{ object: process, properties: { 'camunda:versionTag': text === '' ? undefined : text } }];
  const definitions = process.$parent;
  const declared = definitions?.$attrs?.['xmlns:camunda'] !== undefined;
  if (!definitions || declared) setAll(target, changes);
  else setAll(target, [{ object: definitions, properties: { 'xmlns:camunda': camunda } }, ...changes]);
}

/** The process of a pool or of the whole canvas; null for anything else. */
export function processOf(element: CanvasElement): ModdleObject | null {
  const object = element.businessObject;
  if (is(object, 'bpmn:Process')) return object;
  return is(object, 'bpmn:Participant') ? objectOf(object, 'processRef') : null;
}
