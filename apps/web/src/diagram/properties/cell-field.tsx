import { TextInput } from '@mantine/core';
import { useDraft } from '../../editor/use-draft.ts';
import { useTools } from '../tools/context.ts';

interface Props {
  label: string;
  value: string;
  commit: (text: string) => void;
  /** Takes the focus when it appears. */
  focus?: boolean;
}

/** Text in a cell of a table. */
export function CellField({ label, value, commit, focus }: Props) {
  const { mayEdit } = useTools();
  const field = useDraft({ value, commit });
  if (!mayEdit) return <span>{value}</span>;
  return (
    <TextInput
      aria-label={label}
      size="xs"
      value={field.text}
      title={field.overtaken ? `Others changed this to “${value}”` : undefined}
      spellCheck={false}
      autoComplete="off"
      autoFocus={focus ?? false}
      onChange={(event) => field.type(event.currentTarget.value)}
      onBlur={() => field.settle()}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') field.settle();
        else if (event.key === 'Escape' && field.text !== value) {
          event.stopPropagation();
          field.revert();
        }
      }}
    />
  );
}
