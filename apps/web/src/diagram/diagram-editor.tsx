import type { KindName } from '@tidemark/documents';
import { diagram as diagramKind, setTitle } from '@tidemark/documents/diagram';
import type { DiagramCanvas } from '@tidemark/modeler';
import { LiveRegion } from '@tidemark/ui';
import { lazy, useCallback, useMemo, useRef, useState } from 'react';
import { ConversationFrame } from '../conversation/conversation-frame.tsx';
import { SessionContext } from '../editor/context.ts';
import { EditorBanners } from '../editor/editor-banners.tsx';
import { EditorBar } from '../editor/editor-bar.tsx';
import type { OpenDocument } from '../editor/open-document.ts';
import page from '../editor/page.module.css';
import { PanelHost } from '../editor/panel-host.tsx';
import { PanelRail } from '../editor/panel-rail.tsx';
import { useKindSession } from '../editor/session.ts';
import { useAnnouncements } from '../editor/use-announcements.ts';
import { useFollow } from '../editor/use-follow.ts';
import { usePeople } from '../editor/use-presence.ts';
import { TimeSwitch } from '../history/time-switch.tsx';
import { untitled } from '../shell/kind-words.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { CanvasArea } from './canvas/canvas-area.tsx';
import { CommentOverlays } from './comments/comment-overlays.tsx';
import { useElementAnchors } from './comments/use-element-anchors.ts';
import { DeskContext, type Diagram, DiagramContext, useDesk, useDiagram, useView } from './context.ts';
import { useDeskState } from './desk.ts';
import { DiagramSkeleton } from './diagram-skeleton.tsx';
import { DiagramTools } from './diagram-tools.tsx';
import { panels } from './panels.ts';
import { DiagramPast } from './past/past.tsx';
import { PresenceMarks } from './presence/presence-marks.tsx';
import { useDiagramPresence } from './presence/use-diagram-presence.ts';
import { ToolsProvider } from './tools/tools-provider.tsx';
import { useDiagramKeys } from './use-diagram-keys.ts';

const DiagramComparison = lazy(async () => ({
  default: (await import('./compare/comparison.tsx')).DiagramComparison,
}));

/** The editor of one open diagram. */
export function DiagramEditor({ open, kind }: { open: OpenDocument; kind: KindName }) {
  const session = useKindSession(open, kind, diagramKind);
  const [canvas, setCanvas] = useState<DiagramCanvas | null>(null);
  const desk = useDeskState();
  const diagram = useMemo((): Diagram | null => session && { ...session, canvas }, [session, canvas]);
  if (session === null || diagram === null) return <DiagramSkeleton />;
  return (
    <SessionContext value={session}>
      <DiagramContext value={diagram}>
        <DeskContext value={desk}>
          <Discussed onCanvas={setCanvas} />
        </DeskContext>
      </DiagramContext>
    </SessionContext>
  );
}

function Discussed({ onCanvas }: { onCanvas: (canvas: DiagramCanvas | null) => void }) {
  const { open } = useDesk();
  const show = useCallback(() => open('comments'), [open]);
  return (
    <ConversationFrame anchors={useElementAnchors()} onShow={show}>
      <TimeSwitch Past={DiagramPast} Comparison={DiagramComparison} Skeleton={DiagramSkeleton}>
        <Inside onCanvas={onCanvas} />
        <CommentOverlays />
      </TimeSwitch>
    </ConversationFrame>
  );
}

function Inside({ onCanvas }: { onCanvas: (canvas: DiagramCanvas | null) => void }) {
  const { editor } = useDiagram();
  const desk = useDesk();
  const title = useView((view) => view.meta.title);
  const surface = useRef<HTMLElement>(null);
  const follow = useFollow(surface, useDiagramPresence());
  const announcement = useAnnouncements(usePeople());
  const rename = useCallback((text: string) => setTitle(editor, text, { gesture: 'title' }), [editor]);
  usePageTitle(title || untitled('diagram'));
  useDiagramKeys();
  return (
    <>
      <ToolsProvider>
        <div className={page.page}>
          <EditorBar
            title={title}
            onTitle={rename}
            follow={follow}
            tools={(compact) => <DiagramTools compact={compact} />}
          />
          <EditorBanners
            follow={follow}
            readNote="You can comment on it and follow others."
            stopBy="Pan, zoom"
          />
          <div className={page.body}>
            <CanvasArea surface={surface} onCanvas={onCanvas} />
            <PresenceMarks following={follow.person?.id ?? null} />
            <PanelHost panels={panels} desk={desk} />
            <PanelRail panels={panels} desk={desk} />
          </div>
        </div>
      </ToolsProvider>
      <LiveRegion message={announcement} />
    </>
  );
}
