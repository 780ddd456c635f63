import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconCloudOff, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { AppBar, Banner, usePhone, Wordmark } from '@tidemark/ui';
import { useCallback, useMemo, useState } from 'react';
import { documentsQuery, type ListFilter, type ListPart } from '../api/documents.ts';
import { meQuery } from '../api/session.ts';
import { useImport } from '../import/use-import.ts';
import { type Command, useCommands } from '../shell/commands.ts';
import { DropArea } from '../shell/drop-area.tsx';
import { fetched } from '../shell/fetched.tsx';
import { diagramFiles, isDiagramFile, isEstimateFile, pickFiles } from '../shell/files.ts';
import { JumpButton } from '../shell/jump-button.tsx';
import { useOnline } from '../shell/online.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { ProfileMenu } from '../shell/profile-menu.tsx';
import { DocumentList } from './document-list.tsx';
import { EmptyBin } from './empty-bin.tsx';
import css from './home-page.module.css';
import { NewMenu } from './new-menu.tsx';
import { PeopleDialog } from './people-dialog.tsx';
import { SpaceMenu } from './recovery/space-menu.tsx';
import { SpaceNav } from './space-nav.tsx';
import { useDocumentActions } from './use-document-actions.ts';

const TemplatesDialog = fetched(async () => (await import('./templates-dialog.tsx')).TemplatesDialog);
const ImportEstimateDialog = fetched(
  async () => (await import('../estimate/files/import-estimate-dialog.tsx')).default,
);

const RecoveryDialog = fetched(async () => (await import('./recovery/recovery-dialog.tsx')).default);

const headings: Readonly<
  Partial<Record<ListPart, { title: string; about: (space: string, mayPurge: boolean) => string }>>
> = {
  bin: {
    title: 'Bin',
    about: (space) =>
      `What was moved to the bin of “${space}”. It can be restored until it is deleted for good.`,
  },
  templates: { title: 'Templates', about: () => 'What new documents can begin with.' },
};

export function HomePage() {
  const search = useSearch({ from: '/signed-in/' });
  const navigate = useNavigate({ from: '/' });
  const { data: me } = useSuspenseQuery(meQuery);
  const phone = usePhone();
  const connected = useOnline();
  const [people, setPeople] = useState(false);
  const [goingBack, setGoingBack] = useState(false);
  const [templates, setTemplates] = useState(false);
  const [estimate, setEstimate] = useState<{ readonly dropped: File | null } | null>(null);
  const space =
    me.spaces.find(({ id }) => id === search.space) ??
    me.spaces.find(({ kind }) => kind === 'company') ??
    me.spaces[0]!;
  const mayEdit = space.access === 'edit';
  const mayPurge = space.kind === 'personal' || me.company.role === 'owner';
  const actions = useDocumentActions(space.id);
  const part = search.part ?? 'documents';
  const filter: ListFilter = { space: space.id, part, q: search.q ?? '' };
  // A list that this device remembers means that the server cannot be reached, whatever the browser believes.
  const { data: recalled } = useInfiniteQuery({
    ...documentsQuery(filter),
    select: ({ pages }) => pages.some((page) => page.recalled),
  });
  const online = connected && recalled !== true;
  const heading = headings[part];
  usePageTitle(heading?.title ?? space.name);

  const ask = useDebouncedCallback((q: string) => {
    void navigate({
      search: {
        ...(search.space ? { space: search.space } : {}),
        ...(search.part ? { part: search.part } : {}),
        ...(q ? { q } : {}),
      },
      replace: true,
    });
  }, 200);

  const create = actions.create.mutate;
  const begin = actions.begin.mutate;
  const importFiles = useImport(space.id);
  const pickDiagrams = useCallback(async () => {
    const files = await pickFiles(diagramFiles);
    if (files.length > 0) await importFiles(files);
  }, [importFiles]);
  const take = (files: readonly File[]) => {
    const imported = files.filter((file) => isDiagramFile(file) || isEstimateFile(file));
    const tables = files.filter((file) => !imported.includes(file));
    if (imported.length === 0) return create(tables);
    const [only] = imported;
    // Its columns may have to be told.
    if (only && files.length === 1 && isEstimateFile(only)) return setEstimate({ dropped: only });
    if (tables.length > 0) {
      notifications.show({
        message:
          'Diagrams and estimates are imported. Drop the other files by themselves to make a dashboard of them.',
      });
    }
    void importFiles(imported);
  };
  useCommands(
    useMemo((): Command[] => {
      const list: Command[] = [
        { id: 'people', label: 'People and invitations', group: 'Company', run: () => setPeople(true) },
      ];
      if (mayEdit) {
        list.unshift(
          {
            id: 'recover',
            label: 'Go back to an earlier time',
            group: 'Company',
            keywords: 'recover restore space history undo',
            run: () => setGoingBack(true),
          },
          { id: 'new', label: 'New dashboard', group: 'Create', run: () => create([]) },
          {
            id: 'new-estimate',
            label: 'New estimate',
            group: 'Create',
            keywords: 'bid proposal price costs',
            run: () => begin({ kind: 'estimate' }),
          },
          {
            id: 'new-diagram',
            label: 'New diagram',
            group: 'Create',
            keywords: 'bpmn process',
            run: () => begin({ kind: 'diagram' }),
          },
          {
            id: 'new-from-template',
            label: 'New from a template',
            group: 'Create',
            keywords: 'estimate starter',
            run: () => setTemplates(true),
          },
          {
            id: 'import-diagram',
            label: 'Import BPMN files',
            group: 'Create',
            keywords: 'diagram upload xml',
            run: () => void pickDiagrams(),
          },
          {
            id: 'import-estimate',
            label: 'Import an estimate',
            group: 'Create',
            keywords: 'excel csv xlsx json bid upload',
            run: () => setEstimate({ dropped: null }),
          },
        );
      }
      return list;
    }, [mayEdit, create, begin, pickDiagrams]),
  );

  return (
    <div className={css.page}>
      <AppBar
        start={<Wordmark size={phone ? 24 : 26} />}
        end={
          <>
            <JumpButton />
            <ProfileMenu />
          </>
        }
      />
      {!online && (
        <Banner tone="warn" icon={<IconCloudOff size={16} stroke={1.8} />}>
          {connected ? 'The server cannot be reached.' : 'You are offline.'} What is on this device can be
          opened and edited; creating, renaming and moving documents waits for the{' '}
          {connected ? 'server' : 'network'}.
        </Banner>
      )}
      <div className={css.body}>
        <SpaceNav me={me} space={space} part={part} onPeople={() => setPeople(true)} />
        <main className={css.main}>
          <DropArea
            enabled={mayEdit && part === 'documents' && online}
            label="Drop a CSV to make a dashboard of it, a BPMN file or an estimate to import it"
            onFiles={take}
          >
            <div className={css.head}>
              <div className={css.titles}>
                <h1 className={css.title}>{heading?.title ?? space.name}</h1>
                <p className={css.about}>
                  {heading?.about(space.name, mayPurge) ??
                    (space.kind === 'company'
                      ? 'Shared with everybody in the company'
                      : 'Only you can see what is here')}
                </p>
              </div>
              {mayEdit && part === 'documents' && (
                <div className={css.acts}>
                  <SpaceMenu space={space} online={online} onGoBack={() => setGoingBack(true)} />
                  <NewMenu
                    actions={actions}
                    online={online}
                    onTemplates={() => setTemplates(true)}
                    onImportDiagrams={() => void pickDiagrams()}
                    onImportEstimate={() => setEstimate({ dropped: null })}
                  />
                </div>
              )}
              {mayPurge && part === 'bin' && <EmptyBin space={space} online={online} actions={actions} />}
            </div>
            <TextInput
              key={`${space.id} ${part}`}
              className={css.search}
              type="search"
              aria-label="Search by title, client or number"
              placeholder="Search by title, client or number"
              leftSection={<IconSearch size={16} stroke={1.7} />}
              defaultValue={search.q ?? ''}
              onChange={(event) => ask(event.currentTarget.value.trim())}
            />
            <DocumentList
              filter={filter}
              personId={me.user.id}
              mayEdit={mayEdit}
              mayPurge={mayPurge}
              online={online}
              actions={actions}
              spaces={me.spaces}
              onFiles={take}
            />
          </DropArea>
        </main>
      </div>
      {templates && (
        <TemplatesDialog
          busy={actions.begin.isPending}
          onBegin={actions.begin.mutate}
          onClose={() => setTemplates(false)}
        />
      )}
      {estimate && (
        <ImportEstimateDialog
          dropped={estimate.dropped}
          onClose={() => setEstimate(null)}
          onImport={(file, choice) => {
            setEstimate(null);
            void importFiles([file], choice);
          }}
        />
      )}
      {goingBack && (
        <RecoveryDialog space={space} mayInPlace={mayPurge} onClose={() => setGoingBack(false)} />
      )}
      {people && <PeopleDialog me={me} onClose={() => setPeople(false)} />}
    </div>
  );
}
