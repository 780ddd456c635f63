import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconSitemap } from '@tabler/icons-react';
import { useCanvasState } from './canvas/use-canvas-state.ts';
import { showAll } from './canvas/zoom.ts';
import { useDiagram } from './context.ts';
import css from './diagram-chooser.module.css';

/** Which of the diagrams of a file is shown; nothing where there is only one. */
export function DiagramChooser({ size }: { size: number }) {
  const { canvas } = useDiagram();
  const diagrams = useCanvasState((shown) => shown.diagrams(), []);
  const current = useCanvasState((shown) => shown.shownDiagram(), null);
  if (canvas === null || diagrams.length < 2) return null;
  const at = diagrams.findIndex(({ key }) => key === current);
  const nameOf = (index: number) => diagrams[index]?.name || `Diagram ${index + 1}`;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          className={css.target}
          variant="default"
          size="compact-sm"
          h={size === 32 ? 30 : size}
          leftSection={<IconSitemap size={15} stroke={1.7} />}
          rightSection={<IconChevronDown size={14} stroke={1.8} />}
          aria-label={`Diagram shown: ${nameOf(Math.max(at, 0))}`}
        >
          <span className={css.name}>{nameOf(Math.max(at, 0))}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {diagrams.map(({ key }, index) => (
          <Menu.Item
            key={key}
            leftSection={<IconCheck size={15} stroke={2} opacity={index === at ? 1 : 0} />}
            onClick={() => void canvas.showDiagram(key).then(() => showAll(canvas))}
          >
            {nameOf(index)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
