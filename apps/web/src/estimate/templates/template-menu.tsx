import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown, IconTemplate } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { estimateTemplates } from '@tidemark/documents/estimate';
import { useState } from 'react';
import { documentsQuery } from '../../api/documents.ts';
import { wordsOf } from '../../api/http.ts';
import { useEditor } from '../../editor/context.ts';
import { untitled } from '../../shell/kind-words.ts';
import { beginWith, companyTemplate } from './begin-with.ts';
import css from './template-menu.module.css';

/** An empty one is begun by its own button. */
const offered = estimateTemplates.filter(({ id }) => id !== 'blank');

/** Fills an empty estimate with a template of the company, or with one that comes with the product. */
export function TemplateMenu() {
  const editor = useEditor();
  const [opened, setOpened] = useState(false);
  const [busy, setBusy] = useState(false);
  const own = useInfiniteQuery({
    ...documentsQuery({ space: null, part: 'templates', q: '' }),
    enabled: opened,
    refetchInterval: false,
  });
  const mine = (own.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ kind }) => kind === 'estimate');
  const beginWithOwn = async (id: string, name: string) => {
    setBusy(true);
    try {
      beginWith(editor, name, await companyTemplate(id));
    } catch (error) {
      notifications.show({ color: 'red', title: `“${name}” could not be read`, message: wordsOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom" width={340} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconTemplate size={16} stroke={1.8} />}
          rightSection={<IconChevronDown size={14} stroke={2} />}
        >
          Start from a template
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={css.list}>
        {mine.length > 0 && <Menu.Label>Your company</Menu.Label>}
        {mine.map(({ id, title }) => {
          const name = title || untitled('estimate');
          return (
            <Menu.Item key={id} onClick={() => void beginWithOwn(id, name)}>
              {name}
            </Menu.Item>
          );
        })}
        {mine.length > 0 && <Menu.Label>With Tidemark</Menu.Label>}
        {offered.map(({ id, name, description, content }) => (
          <Menu.Item key={id} onClick={() => beginWith(editor, name, content)}>
            {name}
            <span className={css.about}>{description}</span>
          </Menu.Item>
        ))}
        {own.isError && <Menu.Label>Templates of your company could not be listed.</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
