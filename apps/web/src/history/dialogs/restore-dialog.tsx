import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { MomentRef } from '../../api/history.ts';
import { wordsOf } from '../../api/http.ts';
import { useSession } from '../../editor/context.ts';
import { PanelDialog } from '../../editor/panel-dialog.tsx';
import css from '../../editor/question.module.css';
import { useAdmitted } from '../../editor/rights.ts';
import { nounOf } from '../../shell/kind-words.ts';
import { useMayChange } from '../live.ts';
import { lookAgain } from '../look-again.ts';
import { momentStateQuery } from '../moment-state.ts';
import { restoreHere } from './restore.tsx';
import { useStandsStill } from './use-stands-still.ts';
import { WhatGoesBack } from './what-goes-back.tsx';
import { Withdrawn } from './withdrawn.tsx';

interface Props {
  moment: MomentRef;
  label: string;
  onClose: () => void;
}

/** Says what a restore does before it is done. */
export function RestoreDialog({ moment, label, onClose }: Props) {
  const session = useSession();
  const { documentId, kind } = session;
  const online = useAdmitted();
  const may = useMayChange();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const standsStill = useStandsStill();
  const state = useQuery(momentStateQuery(session, moment));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const restore = async () => {
    if (busy || !may || state.data === undefined) return;
    setBusy(true);
    setProblem(null);
    try {
      await restoreHere(session, state.data, label, online);
      void lookAgain(queryClient, documentId);
      onClose();
      await navigate({ to: '/d/$documentId', params: { documentId } });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const failed = problem ?? state.error;
  return (
    <PanelDialog title={`Restore ${label}?`} size={460} onClose={onClose}>
      <div className={css.form}>
        <p className={css.words}>
          The {nounOf(kind)} becomes again what it was then. Everybody sees it at once; undo takes it back;
          what it is now stays in history.
        </p>
        <WhatGoesBack state={state.data} moment={moment} onClose={onClose} />
        {standsStill && (
          <p className={css.words}>
            It is submitted: its prices stand still and stay as they are. All else is restored.
          </p>
        )}
        {!may && <Withdrawn>{`You can now only view this ${nounOf(kind)}, and restore nothing.`}</Withdrawn>}
        {may && !online && (
          <p className={css.problem} role="status">
            <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
            You are offline. The restore is kept on this device like any edit, and others see it when the
            server is back.
          </p>
        )}
        {failed !== null && (
          <p className={css.problem} role="alert">
            <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
            {wordsOf(failed)}
          </p>
        )}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            data-autofocus
            loading={busy || (state.isPending && state.error === null)}
            disabled={!may || state.data === undefined}
            onClick={() => void restore()}
          >
            Restore
          </Button>
        </div>
      </div>
    </PanelDialog>
  );
}
