import { useStatus } from '@tidemark/client/react';
import type { KindName } from '@tidemark/documents';
import { dashboard, setTitle } from '@tidemark/documents/dashboard';
import { LiveRegion, usePhone } from '@tidemark/ui';
import { lazy, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { ConversationFrame } from '../conversation/conversation-frame.tsx';
import { SessionContext } from '../editor/context.ts';
import { EditorBanners } from '../editor/editor-banners.tsx';
import { EditorBar } from '../editor/editor-bar.tsx';
import type { OpenDocument } from '../editor/open-document.ts';
import page from '../editor/page.module.css';
import { useMayEdit } from '../editor/rights.ts';
import { useKindSession } from '../editor/session.ts';
import { useAnnouncements } from '../editor/use-announcements.ts';
import { useFollow, type Viewing } from '../editor/use-follow.ts';
import { usePeople } from '../editor/use-presence.ts';
import { useWidth } from '../editor/use-width.ts';
import { TimeSwitch } from '../history/time-switch.tsx';
import { droppedFiles } from '../home/handoff.ts';
import { DropArea } from '../shell/drop-area.tsx';
import { untitled } from '../shell/kind-words.ts';
import { useOnline } from '../shell/online.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { AddChartDialog } from './add-chart-dialog.tsx';
import { AttachmentsPanel } from './attachments-panel.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { CommentsPanel, useChartAnchors } from './comments.tsx';
import { DashboardContext, DeskContext, useDashboard, useView } from './context.ts';
import css from './dashboard-editor.module.css';
import { CanvasSkeleton, DashboardSkeleton } from './dashboard-skeleton.tsx';
import { DashboardTools } from './dashboard-tools.tsx';
import { DataPanel } from './data-panel.tsx';
import { type Desk, useDeskState } from './desk.ts';
import { EmptyDashboard } from './empty-dashboard.tsx';
import { FiltersContext, useFiltersState } from './filters.ts';
import { FiltersBar } from './filters-bar.tsx';
import { Grid } from './grid.tsx';
import { HiddenPanel } from './hidden-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { LookPanel } from './look-panel.tsx';
import { DashboardPast } from './past/past.tsx';
import { type DashboardPresence, dashboardPresence } from './presence.ts';
import { useScheme } from './scheme.ts';
import { SuggestionsDialog } from './suggestions-dialog.tsx';
import { UploadStatus } from './upload-status.tsx';
import { UploadContext, useUploadsState } from './uploads.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { PresenceContext, useDashboardPresence } from './use-presence.ts';

// Wanted by nearly every dashboard: on its way while the document is.
void import('./echarts.ts');

const DashboardComparison = lazy(async () => ({
  default: (await import('./compare/comparison.tsx')).DashboardComparison,
}));

/** The editor of one open dashboard. */
export function DashboardEditor({ open, kind }: { open: OpenDocument; kind: KindName }) {
  const session = useKindSession(open, kind, dashboard);
  const desk = useDeskState();
  if (session === null) return <DashboardSkeleton />;
  return (
    <SessionContext value={session}>
      <DashboardContext value={session}>
        <DeskContext value={desk}>
          <Discussed desk={desk} />
        </DeskContext>
      </DashboardContext>
    </SessionContext>
  );
}

function Discussed({ desk }: { desk: Desk }) {
  const { open } = desk;
  return (
    <ConversationFrame anchors={useChartAnchors()} onShow={useCallback(() => open('comments'), [open])}>
      <TimeSwitch Past={DashboardPast} Comparison={DashboardComparison} Skeleton={DashboardSkeleton}>
        <Inside desk={desk} />
      </TimeSwitch>
    </ConversationFrame>
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
  const writer = useDashboardPresence(desk.selected);
  const follow = useFollow(
    scroller,
    useMemo(() => viewingOf(scroller), []),
  );
  const filters = useFiltersState();
  const uploads = useUploadsState();
  const announcement = useAnnouncements(usePeople());
  usePageTitle(title || untitled('dashboard'));
  useEditorKeys(desk);

  const { start } = uploads;
  useEffect(() => {
    if (!mayEdit) return;
    const files = droppedFiles.take(documentId);
    if (files !== null) start(files);
  }, [mayEdit, documentId, start]);

  const rename = useCallback((text: string) => setTitle(editor, text, { gesture: 'title' }), [editor]);

  return (
    <PresenceContext value={writer}>
      <FiltersContext value={filters}>
        <UploadContext value={uploads}>
          <div className={page.page}>
            <EditorBar
              title={title}
              onTitle={rename}
              follow={follow}
              tools={(compact) => <DashboardTools compact={compact} />}
            />
            <EditorBanners
              follow={follow}
              readNote="Filters you change stay on your screen."
              stopBy="Scroll"
            />
            {desk.filtersOpen && <FiltersBar />}
            <div className={page.body}>
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
              <HistoryPanel />
              <CommentsPanel />
              <AttachmentsPanel />
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

/** Following shows the part of the grid that somebody has scrolled to. */
const viewingOf = (scroller: RefObject<HTMLElement | null>): Viewing<DashboardPresence, number> => ({
  presence: dashboardPresence,
  of: ({ scroll }) => scroll,
  show: (top, behavior) => scroller.current?.scrollTo({ top, behavior }),
  moves: ['wheel', 'touchmove'],
});

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
