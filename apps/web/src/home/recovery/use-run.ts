import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import { type Recovered, type RecoveryWish, recoverSpace } from '../../api/recovery.ts';

/** What has been reported so far of a recovery, and how it ended. */
export interface Run {
  readonly wish: RecoveryWish;
  readonly done: ReadonlyMap<string, Recovered>;
  /** `broken`: it ended before its end, for the reason in `problem`. */
  readonly state: 'running' | 'complete' | 'broken';
  readonly problem: string;
}

/** One recovery of a space at a time; it ends after the document under way when the dialog goes. */
export function useRun(spaceId: string) {
  const queryClient = useQueryClient();
  const [run, setRun] = useState<Run | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const start = async (wish: RecoveryWish) => {
    const controller = new AbortController();
    abort.current = controller;
    const done = new Map<string, Recovered>();
    const tell = (state: Run['state'], problem = '') => setRun({ wish, done: new Map(done), state, problem });
    tell('running');
    try {
      let complete: boolean | null = null;
      for await (const line of recoverSpace(spaceId, wish, controller.signal)) {
        if (line.type === 'end') complete = line.complete;
        else {
          done.set(line.id, line);
          tell('running');
        }
      }
      if (complete === true) tell('complete');
      else tell('broken', complete === null ? 'The server went away.' : 'The last document tells why.');
    } catch (error) {
      tell('broken', controller.signal.aborted ? 'You stopped it.' : wordsOf(error));
    } finally {
      for (const queryKey of [['documents'], ['history']]) void queryClient.invalidateQueries({ queryKey });
    }
  };
  return { run, start, stop: () => abort.current?.abort() };
}
