import { Button, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArchive, IconRestore } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { SidePanel } from '@tidemark/ui';
import { useState } from 'react';
import { ApiError, wordsOf } from '../api/http.ts';
import {
  type Assembly,
  archiveAssembly,
  changeAssembly,
  createAssembly,
  restoreAssembly,
} from '../api/price-list.ts';
import { useOnline } from '../shell/online.ts';
import { UndoToast } from '../shell/undo-toast.tsx';
import { type AssemblyDraft, assemblyDraftOf, assemblyOfDraft } from './assembly-draft.ts';
import { AssemblyParts } from './assembly-parts.tsx';
import css from './item-panel.module.css';
import { sayTrouble, useMayChangePrices, usePricesChanged } from './use-price-list.ts';

interface Props {
  /** Null: a new one. */
  assembly: Assembly | null;
  /** Of lines that stand in no price list. */
  currency: string;
  onClose: () => void;
  onSaved: (assembly: Assembly) => void;
}

/** One assembly: what it is made of, in which proportions. */
export function AssemblyPanel(props: Props) {
  return (
    <SidePanel title={props.assembly === null ? 'New assembly' : 'Assembly'} opened onClose={props.onClose}>
      <AssemblyForm key={props.assembly?.id ?? 'new'} {...props} />
    </SidePanel>
  );
}

function AssemblyForm({ assembly, currency, onClose, onSaved }: Props) {
  const mayChange = useMayChangePrices();
  const online = useOnline();
  const changed = usePricesChanged();
  const [seen, setSeen] = useState(assembly);
  const [draft, setDraft] = useState<AssemblyDraft>(() => assemblyDraftOf(assembly));
  const [problem, setProblem] = useState<string | null>(null);
  const untouched = JSON.stringify(draft) === JSON.stringify(assemblyDraftOf(seen));
  const newer = assembly !== null && seen !== null && assembly.revision > seen.revision;
  const readOnly = !mayChange || (assembly?.archivedAt ?? null) !== null;
  if (newer && untouched) {
    setSeen(assembly);
    setDraft(assemblyDraftOf(assembly));
  }

  const save = useMutation({
    mutationFn: () => {
      const read = assemblyOfDraft(draft);
      if ('problem' in read) throw new ApiError('invalid', 422, read.problem);
      return seen === null
        ? createAssembly(read.assembly)
        : changeAssembly(seen.id, seen.revision, read.assembly);
    },
    onSuccess: async (saved) => {
      setSeen(saved);
      setDraft(assemblyDraftOf(saved));
      notifications.show({ message: seen === null ? `“${saved.name}” is in the list.` : 'Saved.' });
      onSaved(saved);
      await changed();
    },
    onError: async (error) => {
      setProblem(wordsOf(error));
      if (error instanceof ApiError && error.code === 'changed-meanwhile') await changed();
    },
  });
  const edit = (fields: Partial<AssemblyDraft>) => {
    setDraft({ ...draft, ...fields });
    setProblem(null);
  };
  const text = (field: 'name' | 'unit' | 'category') => ({
    value: draft[field],
    readOnly,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => edit({ [field]: event.currentTarget.value }),
  });

  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.name.trim() === '') setProblem('The assembly needs a name.');
        else save.mutate();
      }}
    >
      <TextInput label="Name" maxLength={500} {...text('name')} />
      <div className={css.pair}>
        <TextInput label="Unit" maxLength={40} placeholder="sq" {...text('unit')} />
        <TextInput label="Category" maxLength={200} {...text('category')} />
      </div>
      <Textarea
        label="Description"
        value={draft.description}
        maxLength={2_000}
        readOnly={readOnly}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => edit({ description: event.currentTarget.value })}
      />
      <AssemblyParts
        parts={draft.parts}
        unit={draft.unit}
        currency={currency}
        readOnly={readOnly}
        onChange={(parts) => edit({ parts })}
      />
      {newer && !untouched && (
        <div className={css.clash} role="alert">
          <p>{assembly.updatedBy?.name ?? 'Somebody'} has changed this assembly meanwhile.</p>
          <div className={css.actions}>
            <Button
              size="compact-sm"
              onClick={() => {
                setSeen(assembly);
                setProblem(null);
              }}
            >
              Keep mine
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                setSeen(assembly);
                setDraft(assemblyDraftOf(assembly));
                setProblem(null);
              }}
            >
              Take theirs
            </Button>
          </div>
        </div>
      )}
      {problem !== null && (
        <p role="alert" className={css.wrong}>
          {problem}
        </p>
      )}
      {mayChange && (
        <div className={css.actions}>
          {!readOnly && (
            <Button type="submit" loading={save.isPending} disabled={untouched || newer || !online}>
              {seen === null ? 'Add to the list' : 'Save'}
            </Button>
          )}
          <span className={css.gap} />
          {assembly !== null && <Shelve assembly={assembly} disabled={!online} onDone={onClose} />}
        </div>
      )}
    </form>
  );
}

interface ShelveProps {
  assembly: Assembly;
  disabled: boolean;
  onDone: () => void;
}

/** Out of the list, or back into it. */
function Shelve({ assembly, disabled, onDone }: ShelveProps) {
  const changed = usePricesChanged();
  const restore = useMutation({ mutationFn: restoreAssembly, onError: sayTrouble, onSuccess: changed });
  const archive = useMutation({
    mutationFn: archiveAssembly,
    onError: sayTrouble,
    onSuccess: async () => {
      notifications.show({
        message: (
          <UndoToast text={`“${assembly.name}” is archived.`} onUndo={() => restore.mutate(assembly.id)} />
        ),
      });
      onDone();
      await changed();
    },
  });
  const archived = assembly.archivedAt !== null;
  const Icon = archived ? IconRestore : IconArchive;
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<Icon size={16} stroke={1.8} />}
      loading={archive.isPending || restore.isPending}
      disabled={disabled}
      onClick={() =>
        archived ? restore.mutate(assembly.id, { onSuccess: onDone }) : archive.mutate(assembly.id)
      }
    >
      {archived ? 'Bring back' : 'Archive'}
    </Button>
  );
}
