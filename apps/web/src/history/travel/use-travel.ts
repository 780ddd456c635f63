import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { MomentRef, Stop } from '../../api/history.ts';
import { type Version, versionQuery } from '../../api/versions.ts';
import { useLive } from '../live.ts';
import { type MomentState, momentStateQuery, useMomentState } from '../moment-state.ts';
import { placeOfLsn, placeOfTime, type Track } from '../scrubber/track.ts';
import { useTrack } from './use-track.ts';

/** How long the thumb has to rest before the moment under it is asked for, milliseconds. */
const rest = 140;
/** Between two stops at speed 1, milliseconds. */
const step = 1_000;
/** So many stops ahead are asked for while playing. */
const ahead = 3;

export const speeds = [1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

export interface Travel extends MomentState {
  readonly track: Track;
  /** Where the thumb stands: at once where the hand or a key puts it. */
  readonly place: number;
  /** The stop there; null when what is looked at is no stop, such as a version. */
  readonly stop: Stop | null;
  readonly playing: boolean;
  readonly speed: Speed;
  go(place: number): void;
  play(on: boolean): void;
  setSpeed(speed: Speed): void;
}

/** What is looked at, and the ways to other moments. */
export function useTravel(moment: MomentRef): Travel {
  const { documentId, me } = useLive();
  const queryClient = useQueryClient();
  const navigate = useNavigate({ from: '/d/$documentId' });
  // By LSN: places change when more stops become known.
  const [aim, setAim] = useState<number | null>(null);
  const version = useVersionOf(moment);
  const track = useTrack(aim ?? ('lsn' in moment ? moment.lsn : null));
  const shown = useMomentState(moment);
  const place = placeOf(track, moment, version);
  const aimed = aim === null ? null : placeOfLsn(track, aim);
  const [playing, play] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const { stops } = track;
  const last = stops.length - 1;
  const arrived = aim === null || ('lsn' in moment && moment.lsn === aim);

  useEffect(() => {
    if (aim === null) return;
    if (arrived) return setAim(null);
    const timer = setTimeout(() => void navigate({ search: { at: aim }, replace: true }), rest);
    return () => clearTimeout(timer);
  }, [aim, arrived, navigate]);

  const { isBefore, error } = shown;
  useEffect(() => {
    if (!playing) return;
    if (error !== null || (place >= last && arrived)) return play(false);
    for (const { lsn } of stops.slice(place + 1, place + 1 + ahead)) {
      void queryClient.prefetchQuery(momentStateQuery(documentId, me.id, { lsn }));
    }
    if (isBefore || !arrived) return;
    const next = stops[place + 1];
    if (next === undefined) return;
    const timer = setTimeout(() => void navigate({ search: { at: next.lsn }, replace: true }), step / speed);
    return () => clearTimeout(timer);
  }, [
    playing,
    speed,
    place,
    last,
    arrived,
    isBefore,
    error,
    stops,
    navigate,
    queryClient,
    documentId,
    me.id,
  ]);

  const at = aimed ?? place;
  const stop = stops[at] ?? null;
  return {
    ...shown,
    isBefore: isBefore || !arrived,
    track,
    place: at,
    stop: arrived && !isAt(stop, moment) ? null : stop,
    playing,
    speed,
    go(next) {
      play(false);
      setAim(stops[next]?.lsn ?? null);
    },
    // From the end it begins anew.
    play(on) {
      if (on && place >= last) setAim(stops[0]?.lsn ?? null);
      play(on);
    },
    setSpeed,
  };
}

const isAt = (stop: Stop | null, moment: MomentRef): boolean => 'lsn' in moment && stop?.lsn === moment.lsn;

/** The version that the address names; null where it names none, or it is not known yet. */
function useVersionOf(moment: MomentRef): Version | null {
  const { documentId } = useLive();
  const versionId = 'versionId' in moment ? moment.versionId : null;
  const { data } = useQuery({
    ...versionQuery(documentId, versionId ?? ''),
    enabled: versionId !== null,
  });
  return (versionId !== null && data) || null;
}

/** The place of what the address names. */
function placeOf(track: Track, moment: MomentRef, version: Version | null): number {
  if ('lsn' in moment) return placeOfLsn(track, moment.lsn);
  return version ? placeOfTime(track, version.at) : Math.max(0, track.stops.length - 1);
}
