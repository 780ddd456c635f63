import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTools } from '../tools/context.ts';
import { definitionsOf, listOf, type ModdleObject, objectOf, textOf } from '../tools/elements.ts';
import { ChoiceField } from './choice-fields.tsx';
import css from './properties.module.css';
import { create, rootElements, set, setAll, type Target } from './target.ts';
import { TextField } from './text-field.tsx';

/** A kind of thing that events and tasks of a file refer to by name. */
export interface ReferenceKind {
  readonly type: string;
  readonly property: string;
  readonly label: string;
  /** What engines read besides the name. */
  readonly code?: { readonly property: string; readonly label: string };
}

export const referenceKinds = {
  message: { type: 'bpmn:Message', property: 'messageRef', label: 'Message' },
  signal: { type: 'bpmn:Signal', property: 'signalRef', label: 'Signal' },
  error: {
    type: 'bpmn:Error',
    property: 'errorRef',
    label: 'Error',
    code: { property: 'errorCode', label: 'Error code' },
  },
  escalation: {
    type: 'bpmn:Escalation',
    property: 'escalationRef',
    label: 'Escalation',
    code: { property: 'escalationCode', label: 'Escalation code' },
  },
} as const satisfies Record<string, ReferenceKind>;

interface Props {
  target: Target;
  /** What refers: an event definition, or a task. */
  owner: ModdleObject;
  kind: ReferenceKind;
}

/** Chooses, makes and names what an event refers to. The thing is the file's: others who refer to it see its new name. */
export function ReferenceField({ target, owner, kind }: Props) {
  const { mayEdit } = useTools();
  const chosen = objectOf(owner, kind.property);
  const all = rootElements(target, kind.type);
  const word = kind.label.toLowerCase();

  const add = () => {
    const definitions = definitionsOf(target.object);
    if (!definitions) return;
    const made = create(target, kind.type, definitions, { name: freeName(kind.label, all) });
    setAll(target, [
      { object: definitions, properties: { rootElements: [...listOf(definitions, 'rootElements'), made] } },
      { object: owner, properties: { [kind.property]: made } },
    ]);
  };
  return (
    <>
      <ChoiceField
        label={kind.label}
        value={chosen ? textOf(chosen, 'id') : ''}
        choices={[
          { value: '', label: 'None' },
          ...all.map((each) => ({
            value: textOf(each, 'id'),
            label: textOf(each, 'name') || textOf(each, 'id'),
          })),
        ]}
        commit={(id) => {
          const next = all.find((each) => textOf(each, 'id') === id);
          set(target, owner, { [kind.property]: next });
        }}
      />
      {chosen && (
        <TextField
          label={`${kind.label} name`}
          value={textOf(chosen, 'name')}
          placeholder="None"
          commit={(name) => set(target, chosen, { name: name === '' ? undefined : name })}
        />
      )}
      {chosen && kind.code && (
        <TextField
          label={kind.code.label}
          value={textOf(chosen, kind.code.property)}
          code
          placeholder="None"
          commit={(code) =>
            kind.code && set(target, chosen, { [kind.code.property]: code === '' ? undefined : code })
          }
        />
      )}
      {mayEdit && (
        <Button
          className={css.add}
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={2} />}
          onClick={add}
        >
          New {word}
        </Button>
      )}
    </>
  );
}

function freeName(label: string, all: readonly ModdleObject[]): string {
  const taken = new Set(all.map((each) => textOf(each, 'name')));
  let number = all.length + 1;
  while (taken.has(`${label} ${number}`)) number += 1;
  return `${label} ${number}`;
}
