import { Select, Switch } from '@mantine/core';
import { useTools } from '../tools/context.ts';
import { Fact } from './text-field.tsx';

interface FlagProps {
  label: string;
  value: boolean;
  commit: (value: boolean) => void;
}

/** Yes or no. */
export function FlagField({ label, value, commit }: FlagProps) {
  const { mayEdit } = useTools();
  if (!mayEdit) return <Fact label={label} value={value ? 'Yes' : 'No'} />;
  return <Switch label={label} checked={value} onChange={(event) => commit(event.currentTarget.checked)} />;
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: readonly { readonly value: string; readonly label: string }[];
  commit: (value: string) => void;
  description?: string;
}

/** One of several. */
export function ChoiceField({ label, value, choices, commit, description }: ChoiceProps) {
  const { mayEdit } = useTools();
  if (!mayEdit) {
    const chosen = choices.find((choice) => choice.value === value)?.label ?? value;
    return <Fact label={label} value={chosen} />;
  }
  return (
    <Select
      label={label}
      data={[...choices]}
      value={value}
      allowDeselect={false}
      searchable={choices.length > 10}
      {...(description === undefined ? {} : { description })}
      onChange={(next) => next !== null && next !== value && commit(next)}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
