import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { HistoryPage, MomentRef, Stop } from '../../api/history.ts';
import { versionQuery } from '../../api/versions.ts';
import { useIsGone, useLive } from '../live.ts';
import { type MomentState, useMomentState } from '../moment-state.ts';
import { periodOf, strideOf } from '../scrubber/period.ts';
import { type Period, placeOfLsn, placeOfTime, type Track } from '../scrubber/track.ts';
import { useHistory } from '../use-history.ts';
import { useEdit } from './use-edit.ts';
import { type Speed, usePlay } from './use-play.ts';
import { type StepWays, useSteps } from './use-steps.ts';
import { useTrack } from './use-track.ts';

/** How long the thumb has to rest before the moment under it is asked for, milliseconds. */
const rest = 140;
/** Between two stops, and between two edits, at speed 1, milliseconds. */
const stopStep = 1_000;
const editStep = 400;
/** So many moments that follow are looked for while playing. */
const ahead = 3;

export interface Travel extends MomentState {
  readonly track: Track;
  /** Where the thumb stands, at once where the hand or a key puts it; null while that is not known. */
  readonly lsn: number | null;
  /** The place of the last stop by then. */
  readonly place: number;
  /** The stop there; null when what is looked at is none, such as a version or one edit of many. */
  readonly stop: Stop | null;
  /** The stored edit there, with its time and its author; null where a version is looked at, or it is not known. */
  readonly edit: Stop | null;
  /** The work around it; null where edits are thinned. */
  readonly period: Period | null;
  /** Whether the line of single edits is shown. */
  readonly zoomed: boolean;
  readonly steps: StepWays;
  readonly playing: boolean;
  readonly speed: Speed;
  go(lsn: number): void;
  zoom(on: boolean): void;
  play(on: boolean): void;
  setSpeed(speed: Speed): void;
}

/** What is looked at, and the ways to other moments. */
export function useTravel(moment: MomentRef): Travel {
  const navigate = useNavigate({ from: '/d/$documentId' });
  // By LSN: places change when more stops become known.
  const [aim, setAim] = useState<number | null>(null);
  const [zoomed, zoom] = useState(false);
  const history = useHistory();
  const page = history.data?.pages[0];
  const named = useVersionPlace(moment, history.data?.pages);
  const isAtLsn = 'lsn' in moment;
  const track = useTrack(aim ?? (isAtLsn ? moment.lsn : named.lsn), page);
  const shown = useMomentState(moment);
  const { stops } = track;
  const arrived = aim === null || (isAtLsn && moment.lsn === aim);
  const versionPlace = named.at === null ? stops.length - 1 : placeOfTime(track, named.at);
  const lsn = aim ?? (isAtLsn ? moment.lsn : (named.lsn ?? stops[Math.max(0, versionPlace)]?.lsn ?? null));
  const place = lsn === null ? 0 : placeOfLsn(track, lsn);
  const period = lsn === null ? null : periodOf(track, lsn);
  const isEdit = aim !== null || isAtLsn;
  const isStop = isEdit && stops[place]?.lsn === lsn;
  const stop = isStop ? (stops[place] ?? null) : null;
  const edit = useEdit(isEdit && !isStop ? lsn : null, page) ?? stop;

  useEffect(() => {
    if (aim === null) return;
    if (arrived) return setAim(null);
    const timer = setTimeout(() => void navigate({ search: { at: aim }, replace: true }), rest);
    return () => clearTimeout(timer);
  }, [aim, arrived, navigate]);

  const next = useMemo(() => {
    if (!zoomed || period === null || lsn === null) {
      return stops.slice(place + 1, place + 1 + ahead).map((each) => each.lsn);
    }
    return editsAfter(period, lsn);
  }, [zoomed, period, lsn, stops, place]);
  const show = useCallback((at: number) => void navigate({ search: { at }, replace: true }), [navigate]);
  const { playing, speed, setSpeed, play } = usePlay({
    next,
    step: zoomed && period !== null ? editStep : stopStep,
    arrived: arrived && !shown.isBefore,
    failed: shown.error !== null,
    go: show,
  });
  const go = (there: number) => {
    play(false);
    setAim(there);
  };
  return {
    ...shown,
    isBefore: shown.isBefore || !arrived,
    ...{ track, lsn, place, stop, edit, period, zoomed, playing, speed, go, zoom, setSpeed },
    steps: useSteps(history, lsn, go),
    // From the end it begins anew.
    play(on) {
      if (on && next.length === 0) setAim((zoomed ? period?.from : stops[0]?.lsn) ?? null);
      play(on);
    },
  };
}

/** The next edits that play shows, those of a long period in strides. */
function editsAfter(period: Period, lsn: number): number[] {
  const stride = strideOf(period);
  const after = Array.from({ length: ahead }, (_, nth) => Math.min(period.to, lsn + (nth + 1) * stride));
  return [...new Set(after.filter((each) => each > lsn))];
}

/** Where the version stands that the address names; nulls where it names none, or that is not known yet. */
function useVersionPlace(
  moment: MomentRef,
  pages: readonly HistoryPage[] = [],
): { readonly lsn: number | null; readonly at: string | null } {
  const { documentId } = useLive();
  const gone = useIsGone();
  const versionId = 'versionId' in moment ? moment.versionId : null;
  const { data } = useQuery({
    ...versionQuery(documentId, versionId ?? ''),
    enabled: versionId !== null && !gone,
  });
  if (versionId === null) return { lsn: null, at: null };
  for (const { items } of pages) {
    for (const item of items) {
      if (item.type === 'version' && item.version.id === versionId) return { lsn: item.lsn, at: item.at };
    }
  }
  return { lsn: null, at: data?.at ?? null };
}
