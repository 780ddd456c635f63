import type { HeatCell as Cell } from '@tidemark/estimating';
import css from './heat-cell.module.css';
import type { Shift } from './heat-places.ts';
import { levelWords } from './heat-words.ts';
import { riskName } from './risk-words.ts';

interface Props {
  cell: Cell;
  /** Of every risk its number in the register. */
  numbers: ReadonlyMap<string, number>;
  ghosts: readonly Shift[];
  place: string;
  chosen: boolean;
  inHand: string | null;
  onChoose: (chosen: boolean) => void;
}

/** Names that fit; beyond, how many and the first numbers. */
const named = 2;
const numbered = 6;

/** One cell of the heat map: how many risks, which, and the level in dots and words beside its colour. */
export function HeatCell({
  cell: { level, risks },
  numbers,
  ghosts,
  place,
  chosen,
  inHand,
  onChoose,
}: Props) {
  const number = (id: string) => numbers.get(id) ?? 0;
  const names = risks.map((risk) => riskName(risk, number(risk.id)));
  const away = ghosts.map(({ risk }) => number(risk));
  const awayWords =
    away.length === 0
      ? ''
      : `; risk ${away.join(', ')} ${ghosts[0]?.applied ? 'came from' : 'would come'} here`;
  const few = risks.length <= named;
  const first = risks.length > numbered ? risks.slice(0, numbered - 1) : risks;
  const inside = (
    <>
      <span className={css.dots} aria-hidden>
        {'•'.repeat(dots[level])}
      </span>
      {!few && (
        <span className={css.count} aria-hidden>
          {risks.length}
        </span>
      )}
      <span className={css.chips} aria-hidden>
        {first.map((risk) => (
          <span key={risk.id} className={css.entry}>
            <span className={css.chip} data-in-hand={risk.id === inHand || undefined}>
              {number(risk.id)}
            </span>
            {few && <span className={css.name}>{riskName(risk, number(risk.id))}</span>}
          </span>
        ))}
        {first.length < risks.length && <span className={css.more}>…</span>}
        {away.slice(0, 3).map((id) => (
          <span key={`ghost ${id}`} className={css.chip} data-ghost>
            {id}
          </span>
        ))}
        {away.length > 3 && <span className={css.more}>+{away.length - 3}</span>}
      </span>
    </>
  );
  const count = risks.length === 1 ? '1 risk' : `${risks.length} risks`;
  return (
    <td className={css.cell} data-level={level} data-chosen={chosen || undefined}>
      {risks.length === 0 ? (
        <span className={css.empty}>
          <span className={css.hidden}>
            None{awayWords}. Level {levelWords[level]}.
          </span>
          {inside}
        </span>
      ) : (
        <button
          type="button"
          className={css.button}
          aria-pressed={chosen}
          title={names.join('\n')}
          onClick={() => onChoose(!chosen)}
        >
          <span className={css.hidden}>
            {count}: {names.join(', ')}
            {awayWords}. Level {levelWords[level]}, {place}
          </span>
          {inside}
        </button>
      )}
    </td>
  );
}

const dots = { low: 1, medium: 2, high: 3, severe: 4 } as const;
