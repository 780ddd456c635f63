import { Button, Menu } from '@mantine/core';
import { IconColumns3, IconFold, IconPlus } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { memo } from 'react';
import { plainLayout, withHidden } from './column-layout.ts';
import { columns } from './columns.ts';
import { useGrid, useGridFocus, useGridPart } from './context.ts';
import css from './grid.module.css';
import { beginLine } from './line-acts.ts';
import { beginSection, collapseAll } from './section-acts.ts';
import { rowAt } from './sheet.ts';

/** What is done with the grid as a whole. */
export const GridBar = memo(function GridBar({ mayChange }: { mayChange: boolean }) {
  const grid = useGrid();
  const focus = useGridFocus();
  const anyOpen = useGridPart(({ collapsed }) => collapsed.size) === 0;
  const addLine = () => {
    const { selection } = grid.store.get();
    const row = selection && rowAt(grid.sheet(), selection.active.row);
    const last = grid.reader.view().sections.at(-1)?.group?.id ?? null;
    focus.wanted = true;
    beginLine(grid, row && row.type !== 'add-section' ? row.group : last);
  };
  return (
    <div className={css.bar} role="toolbar" aria-label="Lines">
      {mayChange && (
        <>
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={addLine}>
            Line
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={15} />}
            onClick={() => {
              focus.wanted = true;
              beginSection(grid);
            }}
          >
            Section
          </Button>
        </>
      )}
      <span className={css.space} />
      <IconButton
        label={anyOpen ? 'Fold all sections' : 'Unfold all sections'}
        size={28}
        onClick={() => collapseAll(grid, anyOpen)}
      >
        <IconFold size={16} stroke={1.7} />
      </IconButton>
      <ColumnsMenu />
    </div>
  );
});

function ColumnsMenu() {
  const grid = useGrid();
  const layout = useGridPart((state) => state.layout);
  return (
    <Menu position="bottom-end" width={200} closeOnItemClick={false}>
      <Menu.Target>
        <IconButton label="Columns" size={28}>
          <IconColumns3 size={16} stroke={1.7} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown aria-label="Columns">
        {columns.map(({ name, label, always }) => {
          const shown = always === true || !layout.hidden.includes(name);
          return (
            <Menu.CheckboxItem
              key={name}
              checked={shown}
              disabled={always === true}
              onChange={() => grid.store.set({ layout: withHidden(layout, name, shown) })}
            >
              {label}
            </Menu.CheckboxItem>
          );
        })}
        <Menu.Divider />
        <Menu.Item onClick={() => grid.store.set({ layout: plainLayout })}>As they were</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
