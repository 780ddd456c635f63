import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlus, IconTable, IconTemplate } from '@tabler/icons-react';
import { addGroup } from '@tidemark/documents/estimate';
import { EmptyState } from '@tidemark/ui';
import { useEditor } from '../editor/context.ts';
import { useMayPrice } from './context.ts';
import css from './empty-estimate.module.css';
import { begin, starters } from './starters/starters.ts';

/** An estimate in which nothing stands so far. */
export function EmptyEstimate() {
  const editor = useEditor();
  const mayPrice = useMayPrice();
  const icon = <IconTable size={26} stroke={1.6} />;
  if (!mayPrice) {
    return (
      <EmptyState title="Nothing to reckon yet" icon={icon}>
        Nobody has put a line here so far.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Begin with a section"
      icon={icon}
      actions={
        <>
          <Button leftSection={<IconPlus size={16} stroke={2} />} onClick={() => addGroup(editor)}>
            Add the first section
          </Button>
          <Menu position="bottom" width={330}>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconTemplate size={16} stroke={1.8} />}
                rightSection={<IconChevronDown size={14} stroke={2} />}
              >
                Start from a template
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {starters.map((starter) => (
                <Menu.Item key={starter.name} onClick={() => begin(editor, starter)}>
                  {starter.title}
                  <span className={css.about}>{starter.about}</span>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      Sections hold lines: what is needed, how much of it, and what one costs. The summary keeps up as you
      type.
    </EmptyState>
  );
}
