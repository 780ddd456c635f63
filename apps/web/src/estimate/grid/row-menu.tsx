import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconMessage2,
  IconPencil,
  IconPlus,
  IconRowInsertBottom,
  IconRowInsertTop,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useTalk } from '../../conversation/context.ts';
import { useDesk } from '../context.ts';
import { lineName } from './cell-text.ts';
import { ClipboardItems } from './clipboard-items.tsx';
import { useGrid, useGridFocus, useGridPart } from './context.ts';
import { CopyFromPast } from './copy-from-past.tsx';
import css from './grid.module.css';
import {
  beginLine,
  chosenNow,
  duplicateChosen,
  insertLine,
  moveChosen,
  moveChosenTo,
  removeChosen,
  setOptional,
} from './line-acts.ts';
import { Item } from './menu-item.tsx';
import {
  beginSection,
  chooseSection,
  mayMoveSection,
  moveSection,
  removeSection,
  renameSection,
} from './section-acts.ts';
import { type Row, rowAt } from './sheet.ts';

const icon = { size: 16, stroke: 1.7 } as const;

/** What can be done with the lines that are chosen, or with a section: by the right button, by its dots, by Shift+F10. */
export function RowMenu({ mayChange }: { mayChange: boolean }) {
  const grid = useGrid();
  const focus = useGridFocus();
  const at = useGridPart((state) => state.menu);
  const row = at && rowAt(grid.sheet(), at.row);
  // The conversation takes the focus itself.
  const leaves = useRef(false);
  if (at === null || row === null || (row.type !== 'line' && row.type !== 'section')) return null;
  const close = () => {
    if (grid.store.get().menu !== at) return;
    grid.store.set({ menu: null });
    if (!leaves.current) focus.take();
    leaves.current = false;
  };
  const discussing = () => {
    leaves.current = true;
    focus.wanted = false;
  };
  const parts = { mayChange, onDiscuss: discussing };
  return (
    <Menu
      key={`${at.row} ${at.x} ${at.y}`}
      opened
      onChange={(opened) => opened || close()}
      position="bottom-start"
      width={272}
      returnFocus={false}
    >
      <Menu.Target>
        <span className={css.menuAnchor} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      {row.type === 'line' ? <LineItems row={row} {...parts} /> : <SectionItems row={row} {...parts} />}
    </Menu>
  );
}

interface Parts<T extends Row['type']> {
  row: Extract<Row, { type: T }>;
  mayChange: boolean;
  onDiscuss: () => void;
}

function LineItems({ row, mayChange, onDiscuss }: Parts<'line'>) {
  const grid = useGrid();
  const desk = useDesk();
  const { discuss, open: mayTalk } = useTalk();
  const chosen = chosenNow(grid);
  const many = chosen.length > 1;
  const name = lineName(row.line, row.number);
  const optional = chosen.every(({ line }) => line.optional);
  const sections = grid.reader
    .view()
    .sections.filter(({ group }) => group !== null && group.id !== row.group);
  const about = { kind: 'line', id: row.key, label: name };
  return (
    <Menu.Dropdown aria-label={many ? `Actions for ${chosen.length} lines` : `Actions for ${name}`}>
      {many && <Menu.Label>{chosen.length} lines</Menu.Label>}
      {mayChange && (
        <>
          <Item
            icon={<IconRowInsertTop {...icon} />}
            keys="Mod+Plus"
            onChoose={() => insertLine(grid, 'above')}
          >
            Insert above
          </Item>
          <Item icon={<IconRowInsertBottom {...icon} />} onChoose={() => insertLine(grid, 'below')}>
            Insert below
          </Item>
          <Item icon={<IconCopy {...icon} />} onChoose={() => duplicateChosen(grid)}>
            Duplicate
          </Item>
          <Menu.Divider />
          <Item icon={<IconArrowUp {...icon} />} keys="Alt+Shift+↑" onChoose={() => moveChosen(grid, 'up')}>
            Move up
          </Item>
          <Item
            icon={<IconArrowDown {...icon} />}
            keys="Alt+Shift+↓"
            onChoose={() => moveChosen(grid, 'down')}
          >
            Move down
          </Item>
          {sections.length > 0 && (
            <Menu.Sub>
              <Menu.Sub.Target>
                <Menu.Sub.Item leftSection={<span className={css.noIcon} />}>Move to section</Menu.Sub.Item>
              </Menu.Sub.Target>
              <Menu.Sub.Dropdown className={css.longMenu} aria-label="Move to section">
                {sections.map(({ group }) => (
                  <Menu.Item key={group?.id} onClick={() => moveChosenTo(grid, group?.id ?? null)}>
                    {group?.name || 'Untitled section'}
                  </Menu.Item>
                ))}
              </Menu.Sub.Dropdown>
            </Menu.Sub>
          )}
          <Item icon={<IconTag {...icon} />} onChoose={() => setOptional(grid, !optional)}>
            {optional ? 'Count in the base' : 'Make optional'}
          </Item>
          <Menu.Divider />
        </>
      )}
      <ClipboardItems mayChange={mayChange} />
      <CopyFromPast
        things={chosen.map(({ key }) => ({ collection: 'lines', id: key }))}
        name={many ? `${chosen.length} lines` : name}
      />
      {mayTalk && (
        <>
          <Menu.Divider />
          <Item
            icon={<IconMessage2 {...icon} />}
            onChoose={() => {
              onDiscuss();
              desk.open('comments');
              discuss(about);
            }}
          >
            Comment
          </Item>
        </>
      )}
      {mayChange && (
        <>
          <Menu.Divider />
          <Item icon={<IconTrash {...icon} />} keys="Mod+−" danger onChoose={() => removeChosen(grid)}>
            {many ? `Remove ${chosen.length} lines` : 'Remove'}
          </Item>
        </>
      )}
    </Menu.Dropdown>
  );
}

function SectionItems({ row, mayChange, onDiscuss }: Parts<'section'>) {
  const grid = useGrid();
  const desk = useDesk();
  const { discuss, open: mayTalk } = useTalk();
  const { group, lines } = row.section;
  const name = group === null ? 'Without a section' : group.name || 'Untitled section';
  return (
    <Menu.Dropdown aria-label={`Actions for ${name}`}>
      {lines.length > 0 && (
        <Item icon={<span className={css.noIcon} />} onChoose={() => chooseSection(grid, row.key, row.group)}>
          Select its lines
        </Item>
      )}
      {mayChange && (
        <Item icon={<IconPlus {...icon} />} onChoose={() => beginLine(grid, row.group)}>
          Add a line
        </Item>
      )}
      {mayChange && group && (
        <>
          <Item icon={<IconPencil {...icon} />} keys="F2" onChoose={() => renameSection(grid, row.key)}>
            Rename
          </Item>
          <Item icon={<IconPlus {...icon} />} onChoose={() => beginSection(grid, group.id)}>
            Add a section below
          </Item>
          <Menu.Divider />
          {mayMoveSection(grid, group.id, 'up') && (
            <Item
              icon={<IconArrowUp {...icon} />}
              keys="Alt+Shift+↑"
              onChoose={() => moveSection(grid, group.id, 'up')}
            >
              Move up
            </Item>
          )}
          {mayMoveSection(grid, group.id, 'down') && (
            <Item
              icon={<IconArrowDown {...icon} />}
              keys="Alt+Shift+↓"
              onChoose={() => moveSection(grid, group.id, 'down')}
            >
              Move down
            </Item>
          )}
        </>
      )}
      {group && <CopyFromPast things={[{ collection: 'groups', id: group.id }]} name={name} />}
      {group && mayTalk && (
        <Item
          icon={<IconMessage2 {...icon} />}
          onChoose={() => {
            onDiscuss();
            desk.open('comments');
            discuss({ kind: 'section', id: group.id, label: name });
          }}
        >
          Comment
        </Item>
      )}
      {mayChange && group && (
        <>
          <Menu.Divider />
          <Item
            icon={<IconTrash {...icon} />}
            keys="Mod+−"
            danger
            onChoose={() => removeSection(grid, group.id)}
          >
            {lines.length === 0
              ? 'Remove'
              : `Remove with ${lines.length === 1 ? 'its line' : `${lines.length} lines`}`}
          </Item>
        </>
      )}
    </Menu.Dropdown>
  );
}
