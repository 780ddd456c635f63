import { type EstimateView, maxRate, setParam } from '@tidemark/documents/estimate';
import { formatRate, parseRate } from '@tidemark/estimating';
import { useMemo } from 'react';
import { useEditor } from '../editor/context.ts';
import { useView } from './context.ts';
import { typedIn } from './languages.ts';

export type RateName = 'targetBp' | 'overheadBp' | 'contingencyBp' | 'taxBp';

/** A rate of the estimate as text that is typed and read. */
export interface Rate {
  readonly value: string;
  problem(text: string): string | null;
  commit(text: string): void;
}

const whole = 10_000;

export function useRate(name: RateName): Rate {
  const editor = useEditor();
  const params = useView((view) => view.params);
  return useMemo(
    () => ({
      value: formatRate(params[name]),
      problem: (text) => problemOf(text, name, params),
      commit(text) {
        const read = parseRate(text, typedIn);
        if ('value' in read) setParam(editor, { [name]: read.value });
      },
    }),
    [editor, name, params],
  );
}

function problemOf(text: string, name: RateName, { marginMode }: EstimateView['params']): string | null {
  const read = parseRate(text, typedIn);
  if ('problem' in read) return read.problem;
  if (read.value < 0) return 'A rate cannot be less than 0 %.';
  if (read.value > maxRate) return `At most ${formatRate(maxRate)}.`;
  if (name === 'targetBp' && marginMode === 'margin' && read.value >= whole) {
    return 'A margin is a part of the bid: it stays below 100 %.';
  }
  return null;
}
