import { Link } from '@tanstack/react-router';
import { kinds } from '@tidemark/documents';
import { readPast } from '@tidemark/documents/records';
import { useMemo } from 'react';
import type { MomentRef } from '../../api/history.ts';
import { TypeCounts } from '../compare/type-counts.tsx';
import { usePast } from '../compare/use-marks.ts';
import { useLive } from '../live.ts';
import { sideText } from '../side.ts';
import css from './what-goes-back.module.css';

interface Props {
  /** Of the moment; undefined until it is here. */
  state: Uint8Array | undefined;
  moment: MomentRef;
  onClose: () => void;
}

/** How much was done since a moment, that a restore of it takes back: as it stands when that is asked. */
export function WhatGoesBack({ state, moment, onClose }: Props) {
  const { documentId, kind, provider } = useLive();
  const then = usePast(state);
  const changes = useMemo(() => {
    if (then === null) return null;
    return kinds[kind].describe(then, readPast(provider.doc, kinds[kind].schema));
  }, [then, kind, provider]);
  return (
    <div className={css.since} aria-live="polite" aria-busy={changes === null}>
      {changes === null ? (
        'Looking what was done since…'
      ) : changes.length === 0 ? (
        'Nothing differs from how it is now.'
      ) : (
        <>
          <span>Done since, and taken back:</span>
          <TypeCounts changes={changes} counted />
          <Link
            className={css.look}
            to="/d/$documentId"
            params={{ documentId }}
            search={{ before: sideText({ documentId, at: moment }) }}
            onClick={onClose}
          >
            Look at it
          </Link>
        </>
      )}
    </div>
  );
}
