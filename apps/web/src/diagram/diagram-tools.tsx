import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { useMayEdit } from '../editor/rights.ts';
import { SaveButton } from '../editor/save-button.tsx';
import tools from '../editor/tools.module.css';
import { UndoButtons } from '../editor/undo-buttons.tsx';
import { useDesk } from './context.ts';
import { DiagramChooser } from './diagram-chooser.tsx';
import { ExportMenu } from './export-menu.tsx';
import { type PanelPart, panels } from './panels.ts';
import { SearchButton } from './search/search-button.tsx';

/** What can be done with a diagram. On a phone: look, and open the panels. */
export function DiagramTools({ compact }: { compact: boolean }) {
  const mayEdit = useMayEdit();
  if (compact) {
    return (
      <div className={tools.tools}>
        <DiagramChooser size={44} />
        <SearchButton size={44} />
        <ExportMenu size={44} />
        <PanelMenu />
      </div>
    );
  }
  return (
    <div className={tools.tools}>
      <span className={tools.rule} />
      {mayEdit && (
        <>
          <UndoButtons size={32} />
          <span className={tools.rule} />
        </>
      )}
      <DiagramChooser size={32} />
      <SearchButton size={32} />
      <ExportMenu size={32} />
      {mayEdit && <SaveButton />}
    </div>
  );
}

function PanelMenu() {
  if (panels.length === 0) return null;
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <IconButton label="More" size={44}>
          <IconDots size={20} stroke={1.7} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {panels.map((part) => (
          <PanelItem key={part.name} part={part} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const noCount = () => null;

function PanelItem({ part: { name, label, icon: Icon, useCount = noCount } }: { part: PanelPart }) {
  const desk = useDesk();
  const count = useCount();
  return (
    <Menu.Item leftSection={<Icon size={17} stroke={1.7} />} onClick={() => desk.open(name)}>
      {count ? `${label} (${count})` : label}
    </Menu.Item>
  );
}
