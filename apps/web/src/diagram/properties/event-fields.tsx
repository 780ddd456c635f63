import { is, listOf, type ModdleObject, objectOf, textOf } from '../tools/elements.ts';
import { ChoiceField } from './choice-fields.tsx';
import { Group } from './group.tsx';
import css from './properties.module.css';
import { ReferenceField, type ReferenceKind, referenceKinds } from './reference-field.tsx';
import { create, set, setExpression, type Target } from './target.ts';
import { TextField } from './text-field.tsx';
import { readTimer, type TimerKind } from './timer.ts';

const references: Readonly<Record<string, ReferenceKind>> = {
  'bpmn:MessageEventDefinition': referenceKinds.message,
  'bpmn:SignalEventDefinition': referenceKinds.signal,
  'bpmn:ErrorEventDefinition': referenceKinds.error,
  'bpmn:EscalationEventDefinition': referenceKinds.escalation,
};

/** What an event waits for, or what it tells. */
export function EventFields({ target }: { target: Target }) {
  return listOf(target.object, 'eventDefinitions').map((definition, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an event may have two of one type, and nothing else tells them apart
    <Definition key={`${definition.$type} ${index}`} target={target} definition={definition} />
  ));
}

function Definition({ target, definition }: { target: Target; definition: ModdleObject }) {
  const reference = references[definition.$type];
  if (reference) {
    return (
      <Group title={reference.label}>
        <ReferenceField target={target} owner={definition} kind={reference} />
      </Group>
    );
  }
  if (is(definition, 'bpmn:TimerEventDefinition')) return <Timer target={target} definition={definition} />;
  if (is(definition, 'bpmn:LinkEventDefinition')) {
    return (
      <Group title="Link">
        <TextField
          label="Link name"
          value={textOf(definition, 'name')}
          hint="The link that catches has the same name as the one that throws."
          commit={(name) => set(target, definition, { name: name === '' ? undefined : name })}
        />
      </Group>
    );
  }
  if (is(definition, 'bpmn:ConditionalEventDefinition')) {
    return (
      <Group title="Condition">
        <TextField
          label="Condition"
          value={textOf(objectOf(definition, 'condition'), 'body')}
          code
          multiline
          placeholder="=amount > 100"
          commit={(text) => setExpression(target, definition, 'condition', text)}
        />
      </Group>
    );
  }
  return null;
}

const timers: readonly { value: TimerKind; label: string; example: string }[] = [
  { value: 'timeDate', label: 'At a date', example: '2027-03-01T09:00:00Z' },
  { value: 'timeDuration', label: 'After a duration', example: 'PT15M' },
  { value: 'timeCycle', label: 'Again and again', example: 'R/PT1H' },
];

function Timer({ target, definition }: { target: Target; definition: ModdleObject }) {
  const kind = timers.find(({ value }) => objectOf(definition, value)) ?? timers[1];
  if (!kind) return null;
  const text = textOf(objectOf(definition, kind.value), 'body');

  const switchTo = (next: string) => {
    const cleared = Object.fromEntries(timers.map(({ value }) => [value, undefined]));
    // What is written stays where it can be read as the other kind; else the field begins empty.
    const body = readTimer(next as TimerKind, text).state === 'bad' ? '' : text;
    const expression = create(target, 'bpmn:FormalExpression', definition, { body });
    set(target, definition, { ...cleared, [next]: expression });
  };
  return (
    <Group title="Timer">
      <ChoiceField label="Fires" value={kind.value} choices={timers} commit={switchTo} />
      <TextField
        key={kind.value}
        label={kind.label}
        value={text}
        code
        placeholder={kind.example}
        problem={(typed) => {
          const reading = readTimer(kind.value, typed);
          return reading.state === 'bad' ? reading.problem : null;
        }}
        hint={(typed) => <TimerWords kind={kind.value} text={typed} example={kind.example} />}
        commit={(typed) => setExpression(target, definition, kind.value, typed.trim())}
      />
    </Group>
  );
}

function TimerWords({ kind, text, example }: { kind: TimerKind; text: string; example: string }) {
  const reading = readTimer(kind, text);
  if (reading.state === 'good') return <span className={css.good}>{reading.words}.</span>;
  if (reading.state === 'expression')
    return <span className={css.good}>An expression: the engine works it out.</span>;
  return <span className={css.good}>ISO 8601, such as {example}</span>;
}
