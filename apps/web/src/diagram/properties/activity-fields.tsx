import { useTools } from '../tools/context.ts';
import { flagOf, is, isAny, objectOf, textOf } from '../tools/elements.ts';
import { ChoiceField, FlagField } from './choice-fields.tsx';
import { Group } from './group.tsx';
import { ReferenceField, referenceKinds } from './reference-field.tsx';
import { create, set, setExpression, type Target } from './target.ts';
import { TextField } from './text-field.tsx';

/** What a task or a subprocess does, and how often. */
export function ActivityFields({ target }: { target: Target }) {
  const { object } = target;
  return (
    <>
      {is(object, 'bpmn:ScriptTask') && <Script target={target} />}
      {is(object, 'bpmn:CallActivity') && (
        <Group title="Called process">
          <TextField
            label="Called element"
            value={textOf(object, 'calledElement')}
            code
            placeholder="Id of a process"
            commit={(id) => set(target, object, { calledElement: id.trim() === '' ? undefined : id.trim() })}
          />
        </Group>
      )}
      {isAny(object, ['bpmn:SendTask', 'bpmn:ReceiveTask']) && (
        <Group title="Message">
          <ReferenceField target={target} owner={object} kind={referenceKinds.message} />
        </Group>
      )}
      <Repetition target={target} />
    </>
  );
}

function Script({ target }: { target: Target }) {
  const { object } = target;
  return (
    <Group title="Script">
      <TextField
        label="Format"
        value={textOf(object, 'scriptFormat')}
        placeholder="javascript"
        commit={(text) => set(target, object, { scriptFormat: text.trim() === '' ? undefined : text.trim() })}
      />
      <TextField
        label="Script"
        value={textOf(object, 'script')}
        code
        multiline
        commit={(script) => set(target, object, { script: script === '' ? undefined : script })}
      />
    </Group>
  );
}

const repetitions = [
  { value: 'once', label: 'Once' },
  { value: 'loop', label: 'In a loop' },
  { value: 'parallel', label: 'For each, at the same time' },
  { value: 'sequential', label: 'For each, one after the other' },
];

function Repetition({ target }: { target: Target }) {
  const { mayEdit } = useTools();
  const { object } = target;
  const loop = objectOf(object, 'loopCharacteristics');
  const many = is(loop, 'bpmn:MultiInstanceLoopCharacteristics');
  const now =
    loop === null ? 'once' : !many ? 'loop' : flagOf(loop, 'isSequential') ? 'sequential' : 'parallel';

  if (loop === null && !mayEdit) return null;
  const switchTo = (next: string) => {
    if (next === 'once') set(target, object, { loopCharacteristics: undefined });
    else if (next === 'loop') {
      const made = create(target, 'bpmn:StandardLoopCharacteristics', object);
      set(target, object, { loopCharacteristics: made });
    } else if (loop && many) set(target, loop, { isSequential: next === 'sequential' });
    else {
      const made = create(target, 'bpmn:MultiInstanceLoopCharacteristics', object, {
        isSequential: next === 'sequential',
      });
      set(target, object, { loopCharacteristics: made });
    }
  };
  return (
    <Group title="Repetition">
      <ChoiceField label="Runs" value={now} choices={repetitions} commit={switchTo} />
      {loop && many && (
        <>
          <TextField
            label="Number of runs"
            value={textOf(objectOf(loop, 'loopCardinality'), 'body')}
            code
            placeholder="5"
            commit={(text) => setExpression(target, loop, 'loopCardinality', text.trim())}
          />
          <TextField
            label="Complete when"
            value={textOf(objectOf(loop, 'completionCondition'), 'body')}
            code
            placeholder="=all done"
            commit={(text) => setExpression(target, loop, 'completionCondition', text.trim())}
          />
        </>
      )}
      {loop && !many && (
        <>
          <FlagField
            label="Asked before each run"
            value={flagOf(loop, 'testBefore')}
            commit={(testBefore) => set(target, loop, { testBefore })}
          />
          <TextField
            label="Goes on while"
            value={textOf(objectOf(loop, 'loopCondition'), 'body')}
            code
            commit={(text) => setExpression(target, loop, 'loopCondition', text.trim())}
          />
        </>
      )}
    </Group>
  );
}
