import { Button, Menu } from '@mantine/core';
import { IconReplace } from '@tabler/icons-react';
import { useTools } from '../tools/context.ts';
import type { CanvasElement } from '../tools/elements.ts';
import css from '../tools/tools.module.css';
import { typeChoices } from '../tools/type-choices.ts';

/** What an element may be turned into: tasks, gateways, events and their definitions, subprocesses, flows. */
export function TypeMenu({ element }: { element: CanvasElement }) {
  const { canvas } = useTools();
  const choices = typeChoices(canvas, element);
  if (choices.length === 0) return null;
  return (
    <Menu position="bottom-end" width={250} withinPortal>
      <Menu.Target>
        <Button variant="default" size="compact-sm" leftSection={<IconReplace size={15} stroke={1.7} />}>
          Change type…
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={css.longMenu}>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.id}
            leftSection={<span className={`${choice.icon} ${css.menuIcon}`} aria-hidden />}
            onClick={() => choice.run()}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
