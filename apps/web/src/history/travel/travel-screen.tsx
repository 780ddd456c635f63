import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { Banner, EmptyState } from '@tidemark/ui';
import type { ComponentType } from 'react';
import type { MomentRef } from '../../api/history.ts';
import { wordsOf } from '../../api/http.ts';
import page from '../../editor/page.module.css';
import { useLive } from '../live.ts';
import { useMomentState } from '../moment-state.ts';
import type { PastProps } from '../past.tsx';
import { useSideLabel } from '../use-side.ts';
import css from './travel.module.css';
import { TravelBar } from './travel-bar.tsx';

interface Props {
  Past: ComponentType<PastProps>;
  moment: MomentRef;
}

/** The document as it was, in its own editor, to be read. */
export function TravelScreen({ Past, moment }: Props) {
  const { documentId } = useLive();
  const { state, error, again } = useMomentState(moment);
  const label = useSideLabel({ documentId, at: moment });
  return (
    <div className={page.page}>
      <TravelBar moment={moment} label={label} />
      <Banner tone="warn" icon={<IconHistory size={16} stroke={1.8} />}>
        You are looking at the past. Nothing here can be changed.
      </Banner>
      {error !== null && state === undefined ? (
        <main className={css.empty}>
          <EmptyState
            title="This moment could not be opened"
            icon={<IconAlertTriangle size={26} stroke={1.6} />}
            actions={
              <Button variant="default" onClick={again}>
                Try again
              </Button>
            }
          >
            {wordsOf(error)}
          </EmptyState>
        </main>
      ) : (
        <Past state={state} marks={null} />
      )}
    </div>
  );
}
