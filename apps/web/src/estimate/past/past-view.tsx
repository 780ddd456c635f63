import { usePhone } from '@tidemark/ui';
import { useRef } from 'react';
import page from '../../editor/page.module.css';
import { PanelHost } from '../../editor/panel-host.tsx';
import { PanelRail } from '../../editor/panel-rail.tsx';
import { type Marks, MarksContext } from '../../history/marks.ts';
import { useAskedHistory } from '../../history/travel/asked-history.ts';
import { useDesk } from '../context.ts';
import { panels } from '../panels.ts';
import { BidBar } from '../summary/bid-bar.tsx';
import { ViewHost } from '../view-host.tsx';
import { ViewTabs } from '../view-tabs.tsx';

/** What can be read beside the lines. */
const shown = panels.filter(({ name }) => name === 'history' || name === 'summary' || name === 'settings');

/** An estimate as it was. */
export function PastView({ marks }: { marks: Marks | null }) {
  const desk = useDesk();
  useAskedHistory(desk.open);
  const phone = usePhone();
  const surface = useRef<HTMLElement>(null);
  return (
    <MarksContext value={marks}>
      <ViewTabs>
        <div className={page.body}>
          <ViewHost surface={surface} />
          <PanelHost panels={shown} desk={desk} />
          <PanelRail panels={shown} desk={desk} />
        </div>
      </ViewTabs>
      {phone && <BidBar />}
    </MarksContext>
  );
}
