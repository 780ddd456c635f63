import type { RiskPattern } from '@tidemark/estimating';
import { createContext, useContext } from 'react';
import { useFormat } from '../format.ts';
import css from './register.module.css';

/** What past projects say, by category in lower case; empty while nothing is known. */
export const PastRisksContext = createContext<ReadonlyMap<string, RiskPattern>>(new Map());

interface Props {
  category: string;
  probBp: number;
  /** Null: it may not be taken over. */
  onTake: ((probBp: number) => void) | null;
}

/** What the past suggests for a risk of this category, with the numbers behind it; nothing while the past says nothing. */
export function PastProbability({ category, probBp, onTake }: Props) {
  const pattern = useContext(PastRisksContext).get(category.trim().toLowerCase());
  const format = useFormat();
  if (!pattern?.suggestion || pattern.suggestion.probBp === probBp) return null;
  const { suggestion, struck, decided } = pattern;
  const words = `${format.rate(suggestion.probBp)} by ${struck} of ${decided} past risks that struck`;
  if (onTake === null) return <span className={css.past}>{words}</span>;
  return (
    <button
      type="button"
      className={css.past}
      title={`Use ${words}`}
      aria-label={`Use the suggested probability, ${words}`}
      onClick={() => onTake(suggestion.probBp)}
    >
      {format.rate(suggestion.probBp)}?
    </button>
  );
}
