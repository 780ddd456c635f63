import { IconChevronRight, IconDots } from '@tabler/icons-react';
import { Avatar } from '@tidemark/ui';
import { colourOf } from '../../shell/colour.ts';
import type { Users } from '../presence/use-selected-by.ts';
import { useTools } from '../tools/context.ts';
import type { CanvasElement } from '../tools/elements.ts';
import { elementAt } from '../tools/elements-at.ts';
import { service } from '../tools/services.ts';
import { typeIcon } from '../tools/type-icon.ts';
import css from './outline.module.css';
import { RenameField } from './rename-field.tsx';
import type { Row } from './rows.ts';

interface Props {
  id: string;
  row: Row;
  top: number;
  active: boolean;
  selected: boolean;
  /** Who else has it selected. */
  others: Users | undefined;
  renaming: boolean;
  onChoose: () => void;
  onToggle: () => void;
  onMenu: () => void;
  onRenamed: () => void;
}

/** One line of the tree. Keys are the tree's; a pointer has its own ways. */
export function OutlineRow({ id, row, top, active, selected, others = [], renaming, ...on }: Props) {
  const { canvas, mayEdit } = useTools();
  const { node, level, open, place, siblings } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the active line
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-selected={selected}
      aria-label={labelOf(row, others)}
      {...(open === null ? {} : { 'aria-expanded': open })}
      className={css.row}
      data-active={active || undefined}
      data-selected={selected || undefined}
      style={{ top, paddingLeft: 4 + (level - 1) * 14 }}
      onClick={on.onChoose}
      onContextMenu={(event) => {
        event.preventDefault();
        on.onMenu();
      }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: ← and → do the same */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: ← and → do the same */}
      <span
        className={css.chevron}
        data-open={open || undefined}
        data-leaf={open === null || undefined}
        onClick={(event) => {
          event.stopPropagation();
          on.onToggle();
        }}
      >
        {open !== null && <IconChevronRight size={14} stroke={2} aria-hidden />}
      </span>
      <span className={`${css.icon} ${typeIcon(node.type, node.definitions)}`} aria-hidden />
      {renaming ? (
        <RenameField
          name={node.name}
          label={`Name of ${node.words}`}
          onDone={(name) => {
            const element = elementAt(canvas, node.key);
            if (name !== null && element) rename(element, name);
            on.onRenamed();
          }}
        />
      ) : (
        <span className={css.name} data-plain={node.name === '' || undefined}>
          {node.name || node.words}
        </span>
      )}
      {others.slice(0, 3).map((user) => (
        <Avatar key={user.id} person={{ ...user, colour: colourOf(user.id) }} size={18} />
      ))}
      {mayEdit && !renaming && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: Shift+F10 does the same
        // biome-ignore lint/a11y/noStaticElementInteractions: Shift+F10 does the same
        <span
          className={css.more}
          title="What can be done"
          onClick={(event) => {
            event.stopPropagation();
            on.onMenu();
          }}
        >
          <IconDots size={16} stroke={1.8} aria-hidden />
        </span>
      )}
    </div>
  );

  function rename(element: CanvasElement, name: string): void {
    const modeling = service(canvas, 'modeling');
    if (element.parent) modeling.updateLabel(element, name);
    else modeling.updateProperties(element, { name: name === '' ? undefined : name });
  }
}

function labelOf({ node }: Row, others: Users): string {
  const label = node.name ? `${node.name}, ${node.words}` : node.words;
  return others.length === 0 ? label : `${label}; selected by ${others.map(({ name }) => name).join(', ')}`;
}
