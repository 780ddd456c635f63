import { is, listOf, objectOf, textOf } from '../tools/elements.ts';
import { ChoiceField, FlagField } from './choice-fields.tsx';
import { Group } from './group.tsx';
import { set, setExpression, type Target } from './target.ts';
import { TextField } from './text-field.tsx';

/** When a sequence flow is taken. */
export function FlowFields({ target }: { target: Target }) {
  const { object } = target;
  const source = objectOf(object, 'sourceRef');
  const mayBeDefault = (source?.$descriptor?.properties ?? []).some(
    ({ name }) => name === 'default' || name === 'bpmn:default',
  );
  const isDefault = objectOf(source, 'default') === object;
  const condition = objectOf(object, 'conditionExpression');
  const body = textOf(condition, 'body');
  return (
    <Group title="Flow">
      {source && mayBeDefault && (
        <FlagField label="Default flow" value={isDefault} commit={(next) => setDefault(target, next)} />
      )}
      {!isDefault && (
        <>
          <TextField
            label="Condition"
            value={body}
            code
            multiline
            placeholder="=amount > 100"
            commit={(text) => setCondition(target, text)}
          />
          {body !== '' && condition && (
            <TextField
              label="Language"
              value={textOf(condition, 'language')}
              placeholder="As the file says"
              commit={(language) =>
                set(target, condition, { language: language === '' ? undefined : language })
              }
            />
          )}
        </>
      )}
    </Group>
  );
}

/** The condition changes the mark at the flow's beginning: it is written through the element. */
function setCondition(target: Target, text: string): void {
  setExpression(target, target.object, 'conditionExpression', text);
}

/** Belongs to where the flow begins; it makes a condition pointless, which bpmn-js then removes. */
function setDefault(target: Target, next: boolean): void {
  const from = target.element.source;
  if (!from) return;
  const source = { ...target, element: from, object: from.businessObject };
  set(source, source.object, { default: next ? target.object : undefined });
}

/** Which flow a gateway or a task takes when no condition holds. */
export function DefaultFlowField({ target }: { target: Target }) {
  const { object } = target;
  const flows = listOf(object, 'outgoing').filter((flow) => is(flow, 'bpmn:SequenceFlow'));
  if (flows.length < 2) return null;
  const words = (flow: (typeof flows)[number]) => {
    const end = objectOf(flow, 'targetRef');
    return textOf(flow, 'name') || `to ${textOf(end, 'name') || textOf(end, 'id')}`;
  };
  return (
    <Group title="Outgoing flows">
      <ChoiceField
        label="Default flow"
        value={textOf(objectOf(object, 'default'), 'id')}
        choices={[
          { value: '', label: 'None' },
          ...flows.map((flow) => ({ value: textOf(flow, 'id'), label: words(flow) })),
        ]}
        commit={(id) => set(target, object, { default: flows.find((flow) => textOf(flow, 'id') === id) })}
      />
    </Group>
  );
}
