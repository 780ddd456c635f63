import { useElementSize } from '@mantine/hooks';
import css from './heat.module.css';
import type { Band, Shift } from './heat-places.ts';

interface Props {
  shifts: readonly Shift[];
  rows: number;
  columns: number;
}

/** Pixels that an arrow reaches into its cells: it goes from edge to edge and covers no name. */
const reach = 7;
/** Pixels from the edge of a column to an arrow straight along it. */
const beside = 9;

/** From where a risk stands unmitigated to where its mitigation leads; dashed while that is not applied. Words stand in the cells. */
export function HeatArrows({ shifts, rows, columns }: Props) {
  const { ref, width, height } = useElementSize();
  const middle = ({ probability, impact }: Band) => ({
    x: ((impact + 0.5) * width) / columns,
    y: ((rows - probability - 0.5) * height) / rows,
  });
  return (
    <div ref={ref} className={css.arrows} aria-hidden>
      <svg width={width} height={height} focusable="false">
        <title>Mitigations</title>
        <defs>
          <marker
            id="risk-arrow"
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0.5 L7.5 4 L0 7.5 Z" className={css.arrowHead} />
          </marker>
        </defs>
        {width > 0 &&
          shifts.map(({ risk, from, to, applied }) => {
            const [a, b] = [middle(from), middle(to)];
            // Straight up or down it goes beside the names between.
            if (from.impact === to.impact) a.x = b.x = a.x + width / columns / 2 - beside;
            const out = Math.min(
              (width / columns / 2 - reach) / Math.abs(b.x - a.x),
              (height / rows / 2 - reach) / Math.abs(b.y - a.y),
            );
            const [dx, dy] = [(b.x - a.x) * out, (b.y - a.y) * out];
            return (
              <line
                key={risk}
                className={css.arrow}
                data-applied={applied || undefined}
                x1={a.x + dx}
                y1={a.y + dy}
                x2={b.x - dx}
                y2={b.y - dy}
                markerEnd="url(#risk-arrow)"
              />
            );
          })}
      </svg>
    </div>
  );
}
