import { Button, Modal, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { kindNames } from '@tidemark/documents';
import { estimateTemplates } from '@tidemark/documents/estimate';
import { EmptyState, ListSkeleton } from '@tidemark/ui';
import { useState } from 'react';
import { documentsQuery } from '../api/documents.ts';
import { wordsOf } from '../api/http.ts';
import { KindIcon } from '../shell/kind-icon.tsx';
import { nounOf, untitled } from '../shell/kind-words.ts';
import css from './templates-dialog.module.css';
import type { Beginning } from './use-document-actions.ts';

interface Props {
  busy: boolean;
  onBegin: (beginning: Beginning) => void;
  onClose: () => void;
}

/** An empty estimate is begun by the menu that this was opened from. */
const offered = estimateTemplates.filter(({ id }) => id !== 'blank');

/** What a document can begin with: the company's own templates, and estimates that come with the product. */
export function TemplatesDialog({ busy, onBegin, onClose }: Props) {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const shown = offered.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(wanted),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title="Begin with a template"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <TextInput
        type="search"
        aria-label="Search templates"
        placeholder="Search templates"
        leftSection={<IconSearch size={16} stroke={1.7} />}
        value={words}
        maxLength={200}
        onChange={(event) => setWords(event.currentTarget.value)}
        data-autofocus
      />
      <h3 className={css.title}>Yours</h3>
      <OwnTemplates words={wanted} busy={busy} onBegin={onBegin} />
      {shown.length > 0 && (
        <>
          <h3 className={css.title}>Estimates that come with Tidemark, with prices for you to check</h3>
          <ul className={css.list}>
            {shown.map(({ id, name, description }) => (
              <li key={id}>
                <button
                  type="button"
                  className={css.item}
                  disabled={busy}
                  onClick={() => onBegin({ kind: 'estimate', title: name, productTemplate: id })}
                >
                  <KindIcon kind="estimate" size={18} />
                  <span className={css.words}>
                    <span className={css.name}>{name}</span>
                    <span className={css.about}>{description}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}

interface OwnProps {
  words: string;
  busy: boolean;
  onBegin: (beginning: Beginning) => void;
}

function OwnTemplates({ words, busy, onBegin }: OwnProps) {
  const pages = useInfiniteQuery(documentsQuery({ space: null, part: 'templates', q: words }));
  if (pages.isPending) return <ListSkeleton rows={2} />;
  if (pages.isError) {
    return (
      <EmptyState
        size="tile"
        level={3}
        title="Your templates could not be listed"
        icon={<IconAlertTriangle size={22} stroke={1.6} />}
        actions={
          <Button size="compact-sm" variant="default" onClick={() => void pages.refetch()}>
            Try again
          </Button>
        }
      >
        {wordsOf(pages.error)}
      </EmptyState>
    );
  }
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <p className={css.none}>
        {words === ''
          ? 'None yet. “Save as template” in the menu of a document puts a copy of it here.'
          : `No template of yours is called “${words}”.`}
      </p>
    );
  }
  return (
    <>
      <ul className={css.list}>
        {items.map(({ id, kind, title }) => {
          const known = kindNames.find((name) => name === kind);
          const name = title || untitled(kind);
          return (
            <li key={id}>
              <button
                type="button"
                className={css.item}
                disabled={busy || known === undefined}
                onClick={() => known && onBegin({ kind: known, title: name, templateId: id })}
              >
                <KindIcon kind={kind} size={18} />
                <span className={css.words}>
                  <span className={css.name}>{name}</span>
                  <span className={css.about}>{nounOf(kind)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {pages.hasNextPage && (
        <Button
          variant="subtle"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  );
}
