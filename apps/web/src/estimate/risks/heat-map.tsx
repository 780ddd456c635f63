import { SegmentedControl } from '@mantine/core';
import { type HeatMapOf, impactBands, probabilityBands } from '@tidemark/estimating';
import { useMemo } from 'react';
import { useDesk, useEstimation, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import css from './heat.module.css';
import { HeatArrows } from './heat-arrows.tsx';
import cell from './heat-cell.module.css';
import { HeatCell } from './heat-cell.tsx';
import { type Band, heatPlaces, same } from './heat-places.ts';
import { bandWords, levelWords } from './heat-words.ts';

interface Props {
  of: HeatMapOf;
  onOf: (of: HeatMapOf) => void;
  /** The cell whose risks the register shows. */
  chosen: Band | null;
  onChoose: (cell: Band | null) => void;
}

/** The risks by probability and impact. A table: who cannot see it reads the same. */
export function RiskHeatMap({ of, onOf, chosen, onChoose }: Props) {
  const view = useView((now) => now);
  const estimation = useEstimation();
  const format = useFormat();
  const { risk: inHand } = useDesk();
  const { map, shifts } = useMemo(() => heatPlaces(view, estimation, of), [view, estimation, of]);
  const numbers = useMemo(() => new Map(view.risks.map(({ id }, at) => [id, at + 1])), [view.risks]);
  // With the mitigations as they are, the place that a risk is not at is shown as its ghost.
  const ghosts = of === 'now' ? shifts : [];
  const drawn = ghosts.length <= 4 ? ghosts : ghosts.filter(({ risk }) => risk === inHand);
  const impacts = impactBands.map((_, at) => {
    const from = map.impactsFrom[at] ?? 0;
    const to = map.impactsFrom[at + 1];
    return to === undefined
      ? `${format.money(from)} and more`
      : `${format.money(from)} to ${format.money(to)}`;
  });
  return (
    <section className={css.heat} aria-label="Heat map">
      <header className={css.head}>
        <h2 className={css.title}>Probability × impact</h2>
        <SegmentedControl
          aria-label="Mitigations in the heat map"
          value={of}
          onChange={(value) => onOf(value as HeatMapOf)}
          data={[
            { value: 'unmitigated', label: 'None' },
            { value: 'now', label: 'Applied' },
            { value: 'mitigated', label: 'All' },
          ]}
        />
      </header>
      <div className={css.frame}>
        <table className={css.table}>
          <caption className={css.hidden}>
            Risks by probability, from high to low, and by impact, from low to high
          </caption>
          <thead>
            <tr>
              <td />
              {impactBands.map((from, at) => (
                <th key={from} scope="col" title={impacts[at]}>
                  <span className={css.hidden}>Impact {impacts[at]}</span>
                  <span aria-hidden>{columnWords(at, from)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...map.cells.entries()].reverse().map(([probability, row]) => (
              <tr key={probability}>
                <th scope="row">
                  <span className={css.hidden}>Probability </span>
                  {bandWords(probabilityBands, probability)}
                </th>
                {row.map((inside, impact) => {
                  const band = { probability, impact };
                  return (
                    <HeatCell
                      key={impactBands[impact]}
                      cell={inside}
                      numbers={numbers}
                      ghosts={ghosts.filter(({ from, to, applied }) => same(applied ? from : to, band))}
                      place={`probability ${bandWords(probabilityBands, probability)}, impact ${impacts[impact]}`}
                      chosen={chosen !== null && same(chosen, band)}
                      inHand={inHand}
                      onChoose={(yes) => onChoose(yes ? band : null)}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <HeatArrows shifts={drawn} rows={probabilityBands.length} columns={impactBands.length} />
      </div>
      <footer className={css.legend}>
        <span className={css.axis}>Impact in % of the base</span>
        {(['low', 'medium', 'high', 'severe'] as const).map((level) => (
          <span key={level} className={css.key}>
            <span className={css.swatch} data-level={level} aria-hidden />
            {levelWords[level]}
          </span>
        ))}
        {ghosts.length > 0 && (
          <span className={css.key}>
            <span className={cell.chip} data-ghost aria-hidden />
            with or without its mitigation
          </span>
        )}
      </footer>
    </section>
  );

  function columnWords(at: number, from: number): string {
    const to = impactBands[at + 1];
    const percent = (bp: number) => format.rate(bp).replace('%', '');
    return to === undefined ? `≥ ${format.rate(from)}` : `${percent(from)}–${format.rate(to)}`;
  }
}
