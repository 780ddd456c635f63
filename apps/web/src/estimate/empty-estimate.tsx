import { Button } from '@mantine/core';
import { IconPlus, IconTable, IconTableImport } from '@tabler/icons-react';
import { addGroup } from '@tidemark/documents/estimate';
import { EmptyState } from '@tidemark/ui';
import { useEffect } from 'react';
import { useEditor } from '../editor/context.ts';
import { DropArea } from '../shell/drop-area.tsx';
import { isTyping } from '../shell/typing.ts';
import { useMayPrice } from './context.ts';
import css from './empty-estimate.module.css';
import { openImport } from './files/import-door.ts';
import { TemplateMenu } from './templates/template-menu.tsx';

/** An estimate in which nothing stands so far. */
export function EmptyEstimate() {
  const editor = useEditor();
  const mayPrice = useMayPrice();
  usePastedTable(mayPrice);
  const icon = <IconTable size={26} stroke={1.6} />;
  if (!mayPrice) {
    return (
      <EmptyState title="Nothing to reckon yet" icon={icon}>
        Nobody has put a line here so far.
      </EmptyState>
    );
  }
  return (
    <DropArea
      className={css.area}
      enabled
      label="Drop an Excel or CSV file to bring in its lines"
      onFiles={([file]) => file && openImport(file)}
    >
      <EmptyState
        title="Begin with a section"
        icon={icon}
        actions={
          <>
            <Button leftSection={<IconPlus size={16} stroke={2} />} onClick={() => addGroup(editor)}>
              Add the first section
            </Button>
            <TemplateMenu />
            <Button
              variant="default"
              leftSection={<IconTableImport size={16} stroke={1.8} />}
              onClick={() => openImport()}
            >
              Import a file
            </Button>
          </>
        }
      >
        Sections hold lines: what is needed, how much of it, and what one costs. Rows copied in Excel or
        Google Sheets can be pasted right here.
      </EmptyState>
    </DropArea>
  );
}

/** Rows of a spreadsheet that are pasted where there is no cell yet are read as a file of them would be. */
function usePastedTable(mayPrice: boolean): void {
  useEffect(() => {
    if (!mayPrice) return;
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping(event.target) || !text.includes('\t')) return;
      event.preventDefault();
      openImport(new File([text], 'Pasted rows.csv', { type: 'text/csv' }));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [mayPrice]);
}
