import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArchive, IconRestore } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { SidePanel } from '@tidemark/ui';
import { useEffect, useState } from 'react';
import { ApiError, wordsOf } from '../api/http.ts';
import {
  archiveItem,
  createItem,
  type ItemFields,
  type PriceItem,
  restoreItem,
  summaryQuery,
} from '../api/price-list.ts';
import { useOnline } from '../shell/online.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { UndoToast } from '../shell/undo-toast.tsx';
import { ClashNotice } from './clash-notice.tsx';
import { blankDraft, type DraftProblems, draftOf, type ItemDraft, itemOfDraft } from './item-draft.ts';
import { ItemFieldsForm } from './item-fields-form.tsx';
import css from './item-panel.module.css';
import { PriceHistory } from './price-history.tsx';
import { type Saved, saveItem } from './save-item.ts';
import { sayTrouble, useMayChangePrices, usePricesChanged } from './use-price-list.ts';

interface Props {
  /** Null: a new one. */
  item: PriceItem | null;
  /** Of a new one, to begin with. */
  begin: { currency: string; category: string };
  onClose: () => void;
  onSaved: (item: PriceItem) => void;
}

/** One item of the price list: read, changed, archived, with the prices it has had. */
export function ItemPanel({ item, begin, onClose, onSaved }: Props) {
  const mayChange = useMayChangePrices();
  return (
    <SidePanel title={item === null ? 'New item' : 'Item'} opened onClose={onClose}>
      <ItemForm
        key={item?.id ?? 'new'}
        item={item}
        begin={begin}
        mayChange={mayChange}
        onClose={onClose}
        onSaved={onSaved}
      />
      {item !== null && (
        <>
          <PriceHistory item={item} />
          <p className={css.by}>
            Changed{' '}
            <time dateTime={item.updatedAt} title={timeInFull(item.updatedAt)}>
              {timeAgo(item.updatedAt)}
            </time>
            {item.updatedBy && ` by ${item.updatedBy.name}`}
          </p>
        </>
      )}
    </SidePanel>
  );
}

interface FormProps extends Props {
  mayChange: boolean;
}

function ItemForm({ item, begin, mayChange, onClose, onSaved }: FormProps) {
  const online = useOnline();
  const changed = usePricesChanged();
  const { data: summary } = useQuery(summaryQuery);
  // What this person has seen, and what they have made of it.
  const [seen, setSeen] = useState(item);
  const [draft, setDraft] = useState<ItemDraft>(
    item === null ? blankDraft(begin.currency, begin.category) : draftOf(item),
  );
  const [problems, setProblems] = useState<DraftProblems>({});
  const [clash, setClash] = useState<Exclude<Saved, { item: PriceItem }> | null>(null);
  const untouched =
    seen === null
      ? draft.name === '' && draft.unitCost === ''
      : JSON.stringify(draft) === JSON.stringify(draftOf(seen));

  // What others change comes in as long as nothing is typed.
  useEffect(() => {
    if (item === null || seen === null || item.revision <= seen.revision || !untouched) return;
    setSeen(item);
    setDraft(draftOf(item));
  }, [item, seen, untouched]);

  const save = useMutation({
    mutationFn: ({ base, wanted }: { base: PriceItem | null; wanted: ItemFields }): Promise<Saved> =>
      base === null ? createItem(wanted).then((made) => ({ item: made })) : saveItem(base, wanted),
    onSuccess: async (saved) => {
      if ('clashes' in saved) return setClash(saved);
      setClash(null);
      setSeen(saved.item);
      setDraft(draftOf(saved.item));
      notifications.show({ message: item === null ? `“${saved.item.name}” is in the list.` : 'Saved.' });
      onSaved(saved.item);
      await changed();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'already-exists') setProblems({ code: error.message });
    },
  });
  const submit = () => {
    const read = itemOfDraft(draft);
    if ('problems' in read) return setProblems(read.problems);
    setProblems({});
    save.mutate({ base: seen, wanted: read.item });
  };
  const settle = (wanted: ItemFields, theirs: PriceItem, write: boolean) => {
    setClash(null);
    setSeen(theirs);
    setDraft(draftOf(wanted));
    if (write) save.mutate({ base: theirs, wanted });
  };

  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {clash && (
        <ClashNotice
          {...clash}
          onMine={() => settle({ ...clash.theirs, ...clash.mine }, clash.theirs, true)}
          onTheirs={() => {
            const rest = { ...clash.mine };
            for (const { field } of clash.clashes) delete rest[field];
            settle({ ...clash.theirs, ...rest }, clash.theirs, Object.keys(rest).length > 0);
          }}
        />
      )}
      <ItemFieldsForm
        draft={draft}
        problems={problems}
        categories={(summary?.categories ?? []).map(({ name }) => name).filter(Boolean)}
        readOnly={!mayChange || (item?.archivedAt ?? null) !== null}
        takesFocus={item === null}
        onChange={(fields) => {
          setDraft({ ...draft, ...fields });
          setProblems({});
          save.reset();
        }}
      />
      {save.isError && !problems.code && (
        <p role="alert" className={css.wrong}>
          {wordsOf(save.error)}
        </p>
      )}
      {mayChange && item?.archivedAt === null && (
        <div className={css.actions}>
          <Button type="submit" loading={save.isPending} disabled={untouched || !online || clash !== null}>
            Save
          </Button>
          {!untouched && (
            <Button
              variant="default"
              onClick={() => {
                setSeen(item);
                setDraft(draftOf(item));
                setProblems({});
                setClash(null);
              }}
            >
              Discard
            </Button>
          )}
          <span className={css.gap} />
          <Archive item={item} disabled={!online} onDone={onClose} />
        </div>
      )}
      {mayChange && item === null && (
        <div className={css.actions}>
          <Button type="submit" loading={save.isPending} disabled={!online}>
            Add to the list
          </Button>
        </div>
      )}
      {mayChange && item !== null && item.archivedAt !== null && (
        <Restore item={item} disabled={!online} onDone={onClose} />
      )}
    </form>
  );
}

interface ArchiveProps {
  item: PriceItem;
  disabled: boolean;
  onDone: () => void;
}

function Archive({ item, disabled, onDone }: ArchiveProps) {
  const changed = usePricesChanged();
  const restore = useMutation({ mutationFn: restoreItem, onError: sayTrouble, onSuccess: changed });
  const archive = useMutation({
    mutationFn: archiveItem,
    onError: sayTrouble,
    onSuccess: async () => {
      notifications.show({
        message: <UndoToast text={`“${item.name}” is archived.`} onUndo={() => restore.mutate(item.id)} />,
      });
      onDone();
      await changed();
    },
  });
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconArchive size={16} stroke={1.8} />}
      loading={archive.isPending}
      disabled={disabled}
      onClick={() => archive.mutate(item.id)}
    >
      Archive
    </Button>
  );
}

function Restore({ item, disabled, onDone }: ArchiveProps) {
  const changed = usePricesChanged();
  const restore = useMutation({
    mutationFn: restoreItem,
    onError: sayTrouble,
    onSuccess: async () => {
      onDone();
      await changed();
    },
  });
  return (
    <div className={css.actions}>
      <Button
        variant="default"
        leftSection={<IconRestore size={16} stroke={1.8} />}
        loading={restore.isPending}
        disabled={disabled}
        onClick={() => restore.mutate(item.id)}
      >
        Bring back
      </Button>
    </div>
  );
}
