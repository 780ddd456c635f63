import { Button } from '@mantine/core';
import { IconPlus, IconTable } from '@tabler/icons-react';
import { addGroup } from '@tidemark/documents/estimate';
import { EmptyState } from '@tidemark/ui';
import { useEditor } from '../editor/context.ts';
import { useMayPrice } from './context.ts';

/** An estimate in which nothing stands so far. */
export function EmptyEstimate() {
  const editor = useEditor();
  const mayPrice = useMayPrice();
  const icon = <IconTable size={26} stroke={1.6} />;
  if (!mayPrice) {
    return (
      <EmptyState title="Nothing to reckon yet" icon={icon}>
        Nobody has put a line here so far.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Begin with a section"
      icon={icon}
      actions={
        <Button leftSection={<IconPlus size={16} stroke={2} />} onClick={() => addGroup(editor)}>
          Add the first section
        </Button>
      }
    >
      Sections hold lines: what is needed, how much of it, and what one costs. The summary keeps up as you
      type.
    </EmptyState>
  );
}
