import { Indicator } from '@mantine/core';
import { IconButton, usePhone } from '@tidemark/ui';
import type { PanelDesk, PanelPart } from './panel-part.ts';
import css from './panel-rail.module.css';
import tools from './tools.module.css';

interface Props<Name extends string> {
  panels: readonly PanelPart<Name>[];
  desk: PanelDesk<Name>;
}

/** The tabs of the panel, at the edge of the screen. */
export function PanelRail<Name extends string>({ panels, desk }: Props<Name>) {
  // There they stand in the menu of the bar.
  const phone = usePhone();
  if (phone || panels.length === 0) return null;
  return (
    <nav className={css.rail} aria-label="Panels">
      {panels.map((part) => (
        <Tab
          key={part.name}
          part={part}
          pressed={desk.panel === part.name}
          onClick={() => desk.toggle(part.name)}
        />
      ))}
    </nav>
  );
}

const noCount = () => null;

interface TabProps {
  part: PanelPart;
  pressed: boolean;
  onClick: () => void;
}

function Tab({ part: { name, label, icon: Icon, useCount = noCount }, pressed, onClick }: TabProps) {
  const count = useCount();
  return (
    <Indicator label={count} size={15} offset={6} disabled={!count} classNames={{ indicator: tools.count }}>
      <IconButton
        label={count ? `${label}, ${count}` : label}
        size={36}
        aria-pressed={pressed}
        onClick={onClick}
        data-panel={name}
      >
        <Icon size={19} stroke={1.7} />
      </IconButton>
    </Indicator>
  );
}
