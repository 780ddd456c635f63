import type { KindName } from '@tidemark/documents';
import { estimate as estimateKind, estimateTemplates, setMeta } from '@tidemark/documents/estimate';
import { LiveRegion, usePhone } from '@tidemark/ui';
import { lazy, type ReactNode, useCallback, useEffect, useRef } from 'react';
import { ConversationFrame } from '../conversation/conversation-frame.tsx';
import { SessionContext } from '../editor/context.ts';
import { EditorBanners } from '../editor/editor-banners.tsx';
import { EditorBar } from '../editor/editor-bar.tsx';
import type { OpenDocument } from '../editor/open-document.ts';
import page from '../editor/page.module.css';
import { PanelHost } from '../editor/panel-host.tsx';
import { PanelRail } from '../editor/panel-rail.tsx';
import { useMayEdit } from '../editor/rights.ts';
import { useKindSession } from '../editor/session.ts';
import { useAnnouncements } from '../editor/use-announcements.ts';
import { useFollow } from '../editor/use-follow.ts';
import { usePeople } from '../editor/use-presence.ts';
import { TimeSwitch } from '../history/time-switch.tsx';
import { chosenTemplate } from '../home/handoff.ts';
import { untitled } from '../shell/kind-words.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { useEstimateAnchors } from './comments/use-estimate-anchors.ts';
import { DeskContext, EstimateContext, PresenceContext, useDesk, useEstimate, useView } from './context.ts';
import { useDeskState } from './desk.ts';
import { EstimateSkeleton } from './estimate-skeleton.tsx';
import { EstimateTools } from './estimate-tools.tsx';
import { panels } from './panels.ts';
import { EstimatePast } from './past/past.tsx';
import { StatusBanner } from './status/status-banner.tsx';
import { StatusChip } from './status/status-chip.tsx';
import { BidBar } from './summary/bid-bar.tsx';
import { beginWith } from './templates/begin-with.ts';
import { useEstimateKeys } from './use-estimate-keys.ts';
import { useEstimatePresence } from './use-estimate-presence.ts';
import { ChangedBanner } from './versions/changed-banner.tsx';
import { useVersionNews } from './versions/use-versions.ts';
import { VersionDialogs } from './versions/version-dialogs.tsx';
import { ViewHost } from './view-host.tsx';
import { ViewTabs } from './view-tabs.tsx';

const CompareScreen = lazy(async () => ({
  default: (await import('./compare/compare-screen.tsx')).CompareScreen,
}));

/** The editor of one open estimate. */
export function EstimateEditor({ open, kind }: { open: OpenDocument; kind: KindName }) {
  const session = useKindSession(open, kind, estimateKind);
  const desk = useDeskState();
  if (session === null) return <EstimateSkeleton />;
  return (
    <SessionContext value={session}>
      <EstimateContext value={session}>
        <DeskContext value={desk}>
          <Discussed>
            <Shown />
          </Discussed>
        </DeskContext>
      </EstimateContext>
    </SessionContext>
  );
}

/** Names of lines are names of what is talked about: the editor itself does not render by them. */
function Discussed({ children }: { children: ReactNode }) {
  const { open } = useDesk();
  const show = useCallback(() => open('comments'), [open]);
  return (
    <ConversationFrame anchors={useEstimateAnchors()} onShow={show}>
      {children}
    </ConversationFrame>
  );
}

function Shown() {
  useVersionNews();
  return (
    <>
      <TimeSwitch Past={EstimatePast} Comparison={CompareScreen} Skeleton={EstimateSkeleton}>
        <Inside />
      </TimeSwitch>
      <VersionDialogs />
    </>
  );
}

function Inside() {
  const { writer, viewing } = useEstimatePresence();
  const { documentId, editor } = useEstimate();
  const mayEdit = useMayEdit();
  const desk = useDesk();
  const phone = usePhone();
  const title = useView((view) => view.meta.title);
  const surface = useRef<HTMLElement>(null);
  const follow = useFollow(surface, viewing);
  const announcement = useAnnouncements(usePeople());
  const rename = useCallback(
    (text: string) => setMeta(editor, { title: text }, { gesture: 'title' }),
    [editor],
  );
  useEffect(() => {
    const id = mayEdit ? chosenTemplate.take(documentId) : null;
    const template = estimateTemplates.find((one) => one.id === id);
    if (template) beginWith(editor, template.name, template.content);
  }, [mayEdit, documentId, editor]);
  usePageTitle(title || untitled('estimate'));
  useEstimateKeys();
  return (
    <PresenceContext value={writer}>
      <div className={page.page}>
        <EditorBar
          title={title}
          onTitle={rename}
          mark={<StatusChip />}
          follow={follow}
          tools={(compact) => <EstimateTools compact={compact} />}
        />
        <EditorBanners follow={follow} readNote="You can comment on it and follow others." stopBy="Scroll" />
        <StatusBanner />
        <ChangedBanner />
        <ViewTabs>
          <div className={page.body}>
            <ViewHost surface={surface} />
            <PanelHost panels={panels} desk={desk} />
            <PanelRail panels={panels} desk={desk} />
          </div>
        </ViewTabs>
        {phone && <BidBar />}
      </div>
      <LiveRegion message={announcement} />
    </PresenceContext>
  );
}
