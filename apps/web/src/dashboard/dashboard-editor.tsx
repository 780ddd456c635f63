import { useStatus } from '@tidemark/client/react';
import { setTitle } from '@tidemark/documents/dashboard';
import { LiveRegion, usePhone } from '@tidemark/ui';
import { useCallback, useEffect, useRef } from 'react';
import { takeOver } from '../home/handoff.ts';
import { DropArea } from '../shell/drop-area.tsx';
import { useOnline } from '../shell/online.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { AddChartDialog } from './add-chart-dialog.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { DeskContext, SessionContext, useDashboard, useView } from './context.ts';
import css from './dashboard-editor.module.css';
import { DataPanel } from './data-panel.tsx';
import { type Desk, useDeskState } from './desk.ts';
import { EditorBanners } from './editor-banners.tsx';
import { CanvasSkeleton } from './editor-skeleton.tsx';
import { EmptyDashboard } from './empty-dashboard.tsx';
import { FiltersContext, useFiltersState } from './filters.ts';
import { FiltersBar } from './filters-bar.tsx';
import { Grid } from './grid.tsx';
import { HiddenPanel } from './hidden-panel.tsx';
import { LookPanel } from './look-panel.tsx';
import { useMayEdit } from './rights.ts';
import { useScheme } from './scheme.ts';
import type { Session } from './session.ts';
import { SuggestionsDialog } from './suggestions-dialog.tsx';
import { Toolbar } from './toolbar.tsx';
import { UploadStatus } from './upload-status.tsx';
import { UploadContext, useUploadsState } from './uploads.ts';
import { useAnnouncements } from './use-announcements.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { useFollow } from './use-follow.ts';
import { PresenceContext, useOwnPresence, usePeople } from './use-presence.ts';
import { useWidth } from './use-width.ts';

/** The editor of one open dashboard. */
export function DashboardEditor({ session }: { session: Session }) {
  const desk = useDeskState();
  return (
    <SessionContext value={session}>
      <DeskContext value={desk}>
        <Inside desk={desk} />
      </DeskContext>
    </SessionContext>
  );
}

function Inside({ desk }: { desk: Desk }) {
  const { documentId, editor } = useDashboard();
  const mayEdit = useMayEdit();
  const online = useOnline();
  const title = useView((view) => view.meta.title);
  const scheme = useScheme();
  const theme = useView((view) => view.meta.theme);
  const scroller = useRef<HTMLDivElement>(null);
  const writer = useOwnPresence(desk.selected);
  const follow = useFollow(scroller);
  const filters = useFiltersState();
  const uploads = useUploadsState();
  const announcement = useAnnouncements(usePeople());
  usePageTitle(title || 'Untitled dashboard');
  useEditorKeys(desk);

  const { start } = uploads;
  useEffect(() => {
    if (!mayEdit) return;
    const files = takeOver(documentId);
    if (files.length > 0) start(files);
  }, [mayEdit, documentId, start]);

  const rename = useCallback((text: string) => setTitle(editor, text, { gesture: 'title' }), [editor]);

  return (
    <PresenceContext value={writer}>
      <FiltersContext value={filters}>
        <UploadContext value={uploads}>
          <div className={css.page}>
            <Toolbar title={title} onTitle={rename} follow={follow} />
            <EditorBanners follow={follow} />
            {desk.filtersOpen && <FiltersBar />}
            <div className={css.body}>
              <DropArea
                className={css.drop}
                enabled={mayEdit && online}
                label={online ? 'Drop CSV files to add their data' : 'Uploads wait for the network'}
                onFiles={start}
              >
                <main
                  ref={scroller}
                  className={css.canvas}
                  data-scroller
                  data-mantine-color-scheme={scheme}
                  data-theme={theme}
                  onScroll={(event) => writer?.set({ scroll: event.currentTarget.scrollTop })}
                  onPointerDown={(event) => {
                    if (!(event.target as Element).closest('[data-chart]')) desk.select(null);
                  }}
                >
                  <Canvas />
                </main>
                <UploadStatus />
              </DropArea>
              <ChartPanel />
              <DataPanel />
              <LookPanel />
              <HiddenPanel />
            </div>
          </div>
          <AddChartDialog />
          <SuggestionsDialog />
          <LiveRegion message={announcement} />
        </UploadContext>
      </FiltersContext>
    </PresenceContext>
  );
}

/** The grid, or what stands there before there is one. */
function Canvas() {
  const { provider } = useDashboard();
  const charts = useView((view) => view.charts);
  const seeded = useView((view) => view.meta.schemaVersion > 0);
  const status = useStatus(provider);
  const phone = usePhone();
  const { ref, width } = useWidth();
  const wait = !seeded && (status.state === 'connecting' || status.state === 'syncing');
  const shown = charts.some(({ hidden }) => !hidden);
  return (
    <div ref={ref} className={css.inner} data-phone={phone || undefined}>
      {wait ? <CanvasSkeleton /> : !shown ? <EmptyDashboard /> : width > 0 && <Grid width={width} />}
    </div>
  );
}
