import '@mantine/spotlight/styles.layer.css';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { KeyboardHint } from '@tidemark/ui';
import { useDeferredValue, useEffect, useState } from 'react';
import { request } from '../api/http.ts';
import type { DocumentPage } from '../api/types.ts';
import css from './command-palette.module.css';
import { useAllCommands } from './commands.ts';
import { untitled } from './kind-words.ts';

/** Ctrl/⌘K: go to a document or do what the current page offers. */
export function CommandPalette() {
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const navigate = useNavigate();
  const commands = useAllCommands();
  const documents = useQuery({
    queryKey: ['palette', asked],
    queryFn: ({ signal }) =>
      request<DocumentPage>(
        'GET',
        `/api/documents?${new URLSearchParams({ limit: '8', ...(asked ? { q: asked } : {}) })}`,
        undefined,
        signal,
      ),
    placeholderData: (before) => before,
    retry: false,
  });

  const groups = new Map<string, SpotlightActionGroupData>();
  for (const command of commands) {
    const group = groups.get(command.group) ?? { group: command.group, actions: [] };
    groups.set(command.group, group);
    group.actions.push({
      id: command.id,
      label: command.label,
      keywords: command.keywords ?? '',
      onClick: command.run,
      rightSection: command.keys ? <KeyboardHint keys={command.keys} /> : null,
    });
  }
  const found = documents.data?.items ?? [];

  // Spotlight keeps the chosen line as an attribute, which is lost when an answer replaces the lines: Enter must find one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is what replaces the lines
  useEffect(() => {
    if (!asked || document.querySelector('[data-action][data-selected]')) return;
    document.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  }, [asked, documents.data]);

  if (found.length > 0) {
    groups.set('Go to', {
      group: 'Go to',
      actions: found.map((item) => ({
        id: `document-${item.id}`,
        label: item.title || untitled(item.kind),
        keywords: asked,
        onClick: () => void navigate({ to: '/d/$documentId', params: { documentId: item.id } }),
      })),
    });
  }

  return (
    <Spotlight
      actions={[...groups.values()]}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      nothingFound="Nothing fits these words."
      scrollable
      maxHeight={420}
      highlightQuery
      searchProps={{
        leftSection: <IconSearch size={17} stroke={1.7} />,
        placeholder: 'Go to a document, or do something…',
        'aria-label': 'Search commands and documents',
      }}
      classNames={{
        inner: css.inner,
        content: css.content,
        search: css.search,
        action: css.action,
        actionsGroup: css.group,
        actionLabel: css.label,
        header: css.header,
        overlay: css.overlay,
      }}
      size={600}
      radius="md"
      title="Commands"
      overlayProps={{ blur: 0 }}
    />
  );
}
