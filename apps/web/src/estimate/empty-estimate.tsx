import { Button } from '@mantine/core';
import { IconPlus, IconTable, IconTableImport } from '@tabler/icons-react';
import { EmptyState } from '@tidemark/ui';
import { useEffect } from 'react';
import { DropArea } from '../shell/drop-area.tsx';
import { isTyping } from '../shell/typing.ts';
import { useMayPrice } from './context.ts';
import css from './empty-estimate.module.css';
import { openImport } from './files/import-door.ts';
import { useGridScreen } from './grid/context.ts';
import { beginSection } from './grid/section-acts.ts';
import { TemplateMenu } from './templates/template-menu.tsx';

/** An estimate in which nothing stands so far. */
export function EmptyEstimate() {
  const { grid, focus } = useGridScreen();
  const mayPrice = useMayPrice();
  usePastedTable(mayPrice);
  // The button goes away; what is typed next is the section's name.
  const addFirst = () => {
    focus.wanted = true;
    beginSection(grid);
  };
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
            <Button leftSection={<IconPlus size={16} stroke={2} />} onClick={addFirst}>
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
