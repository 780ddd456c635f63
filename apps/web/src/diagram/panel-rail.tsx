import { Indicator } from '@mantine/core';
import { IconButton, usePhone } from '@tidemark/ui';
import tools from '../editor/tools.module.css';
import { useDesk } from './context.ts';
import css from './panel-rail.module.css';
import { type PanelPart, panels } from './panels.ts';

/** The tabs of the panel, at the edge of the screen. */
export function PanelRail() {
  // There they stand in the menu of the bar.
  const phone = usePhone();
  if (phone || panels.length === 0) return null;
  return (
    <nav className={css.rail} aria-label="Panels">
      {panels.map((part) => (
        <Tab key={part.name} part={part} />
      ))}
    </nav>
  );
}

const noCount = () => null;

function Tab({ part: { name, label, icon: Icon, useCount = noCount } }: { part: PanelPart }) {
  const desk = useDesk();
  const count = useCount();
  return (
    <Indicator label={count} size={15} offset={6} disabled={!count} classNames={{ indicator: tools.count }}>
      <IconButton
        label={count ? `${label}, ${count}` : label}
        size={36}
        aria-pressed={desk.panel === name}
        onClick={() => desk.toggle(name)}
        data-panel={name}
      >
        <Icon size={19} stroke={1.7} />
      </IconButton>
    </Indicator>
  );
}
