import { Button, Menu, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { spotlight } from '@mantine/spotlight';
import {
  IconCloudOff,
  IconFileImport,
  IconPlus,
  IconSearch,
  IconSparkles,
  IconUpload,
} from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { AppBar, Banner, IconButton, KeyboardHint, usePhone, Wordmark } from '@tidemark/ui';
import { useCallback, useMemo, useState } from 'react';
import { meQuery } from '../api/session.ts';
import { useImport } from '../import/use-import.ts';
import { type Command, useCommands } from '../shell/commands.ts';
import { DropArea } from '../shell/drop-area.tsx';
import { diagramFiles, isDiagramFile, pickFiles } from '../shell/files.ts';
import { KindIcon } from '../shell/kind-icon.tsx';
import { useOnline } from '../shell/online.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { ProfileMenu } from '../shell/profile-menu.tsx';
import { DocumentList } from './document-list.tsx';
import css from './home-page.module.css';
import { PeopleDialog } from './people-dialog.tsx';
import { SpaceNav } from './space-nav.tsx';
import { useDocumentActions } from './use-document-actions.ts';

export function HomePage() {
  const search = useSearch({ from: '/signed-in/' });
  const navigate = useNavigate({ from: '/' });
  const { data: me } = useSuspenseQuery(meQuery);
  const phone = usePhone();
  const online = useOnline();
  const [people, setPeople] = useState(false);
  const space =
    me.spaces.find(({ id }) => id === search.space) ??
    me.spaces.find(({ kind }) => kind === 'company') ??
    me.spaces[0]!;
  const mayEdit = space.access === 'edit';
  const actions = useDocumentActions(space.id);
  const bin = search.bin === true;
  usePageTitle(bin ? 'Bin' : space.name);

  const ask = useDebouncedCallback((q: string) => {
    void navigate({
      search: {
        ...(search.space ? { space: search.space } : {}),
        ...(bin ? { bin } : {}),
        ...(q ? { q } : {}),
      },
      replace: true,
    });
  }, 200);

  const create = actions.create.mutate;
  const createDiagram = actions.diagram.mutate;
  const createEstimate = actions.estimate.mutate;
  const importDiagrams = useImport(space.id);
  const pickDiagrams = useCallback(async () => {
    const files = await pickFiles(diagramFiles);
    if (files.length > 0) await importDiagrams(files);
  }, [importDiagrams]);
  const take = (files: readonly File[]) => {
    const diagrams = files.filter(isDiagramFile);
    const tables = files.filter((file) => !isDiagramFile(file));
    if (diagrams.length === 0) return create(tables);
    if (tables.length > 0) {
      notifications.show({
        message: 'The diagrams are imported. Drop the other files by themselves to make a dashboard of them.',
      });
    }
    void importDiagrams(diagrams);
  };
  useCommands(
    useMemo((): Command[] => {
      const list: Command[] = [
        { id: 'people', label: 'People and invitations', group: 'Company', run: () => setPeople(true) },
      ];
      if (mayEdit) {
        list.unshift(
          { id: 'new', label: 'New dashboard', group: 'Create', run: () => create([]) },
          {
            id: 'new-estimate',
            label: 'New estimate',
            group: 'Create',
            keywords: 'bid proposal price costs',
            run: () => createEstimate(),
          },
          {
            id: 'new-diagram',
            label: 'New diagram',
            group: 'Create',
            keywords: 'bpmn process',
            run: () => createDiagram(),
          },
          {
            id: 'import-diagram',
            label: 'Import BPMN files',
            group: 'Create',
            keywords: 'diagram upload xml',
            run: () => void pickDiagrams(),
          },
        );
      }
      return list;
    }, [mayEdit, create, createEstimate, createDiagram, pickDiagrams]),
  );

  const busy = [actions.create, actions.diagram, actions.estimate, actions.sample].some(
    ({ isPending }) => isPending,
  );
  return (
    <div className={css.page}>
      <AppBar
        start={<Wordmark size={phone ? 24 : 26} />}
        end={
          <>
            {phone ? (
              <IconButton label="Search commands and documents" size={44} onClick={spotlight.open}>
                <IconSearch size={20} stroke={1.7} />
              </IconButton>
            ) : (
              <button type="button" className={css.jump} onClick={spotlight.open}>
                <IconSearch size={15} stroke={1.8} aria-hidden />
                <span>Go to…</span>
                <KeyboardHint keys="Mod+K" />
              </button>
            )}
            <ProfileMenu />
          </>
        }
      />
      {!online && (
        <Banner tone="warn" icon={<IconCloudOff size={16} stroke={1.8} />}>
          You are offline. The list may be out of date; creating and changing documents waits for the network.
        </Banner>
      )}
      <div className={css.body}>
        <SpaceNav me={me} space={space} bin={bin} onPeople={() => setPeople(true)} />
        <main className={css.main}>
          <DropArea
            enabled={mayEdit && !bin && online}
            label="Drop a CSV to make a dashboard of it, or a BPMN file to import it"
            onFiles={take}
          >
            <div className={css.head}>
              <div className={css.titles}>
                <h1 className={css.title}>{bin ? 'Bin' : space.name}</h1>
                <p className={css.about}>
                  {bin
                    ? 'Documents that were moved to the bin. They can be restored.'
                    : space.kind === 'company'
                      ? 'Shared with everybody in the company'
                      : 'Only you can see what is here'}
                </p>
              </div>
              {mayEdit && !bin && (
                <Menu position="bottom-end" width={250}>
                  <Menu.Target>
                    <Button leftSection={<IconPlus size={16} stroke={2} />} loading={busy} disabled={!online}>
                      New
                    </Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item
                      leftSection={<KindIcon kind="dashboard" size={16} />}
                      onClick={() => create([])}
                    >
                      New dashboard
                    </Menu.Item>
                    <Menu.Item
                      leftSection={<KindIcon kind="estimate" size={16} />}
                      onClick={() => createEstimate()}
                    >
                      New estimate
                    </Menu.Item>
                    <Menu.Item
                      leftSection={<KindIcon kind="diagram" size={16} />}
                      onClick={() => createDiagram()}
                    >
                      New diagram
                    </Menu.Item>
                    <Menu.Divider />
                    <Menu.Item
                      leftSection={<IconUpload size={16} stroke={1.8} />}
                      onClick={async () => {
                        const files = await pickFiles();
                        if (files.length > 0) create(files);
                      }}
                    >
                      Dashboard from a CSV file
                    </Menu.Item>
                    <Menu.Item
                      leftSection={<IconFileImport size={16} stroke={1.8} />}
                      onClick={() => void pickDiagrams()}
                    >
                      Import BPMN files
                    </Menu.Item>
                    <Menu.Item
                      leftSection={<IconSparkles size={16} stroke={1.8} />}
                      onClick={() => actions.sample.mutate()}
                    >
                      Sample dashboard
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )}
            </div>
            <TextInput
              key={`${space.id} ${bin}`}
              className={css.search}
              type="search"
              aria-label="Search by title"
              placeholder="Search by title"
              leftSection={<IconSearch size={16} stroke={1.7} />}
              defaultValue={search.q ?? ''}
              onChange={(event) => ask(event.currentTarget.value.trim())}
            />
            <DocumentList
              filter={{ space: space.id, bin, q: search.q ?? '' }}
              mayEdit={mayEdit}
              online={online}
              actions={actions}
              onFiles={take}
            />
          </DropArea>
        </main>
      </div>
      {people && <PeopleDialog me={me} onClose={() => setPeople(false)} />}
    </div>
  );
}
