import { exposureTotals, type MitigationWorth, type Range } from '@tidemark/estimating';
import { Figure, Figures } from '../cells/figure.tsx';
import { useEstimation, useView } from '../context.ts';
import { useFormat } from '../format.ts';

/** What the risks come to without any mitigation and as they are in the bid, and what mitigations are worth. */
export function ExposureStrip() {
  const view = useView((now) => now);
  const estimation = useEstimation();
  const format = useFormat();
  const { unmitigated, now, applied, open } = exposureTotals(view, estimation);
  return (
    <Figures label="Exposure">
      <Figure label="Unmitigated" value={format.money(unmitigated.expected)} testid="unmitigated">
        {between(unmitigated)}
      </Figure>
      <Figure label="In the bid" value={format.money(now.expected)} testid="in-bid" strong>
        {between(now)}
      </Figure>
      <Figure
        label={`${some(applied.count)} applied`}
        value={signed(applied.worth)}
        tone={toneOf(applied.worth)}
        testid="applied-worth"
      >
        {worthWords(applied)}
      </Figure>
      <Figure
        label={`${some(open.count)} worth applying`}
        value={signed(open.worth)}
        tone={toneOf(open.worth)}
        testid="open-worth"
      >
        {worthWords(open)}
      </Figure>
    </Figures>
  );

  function some(count: number): string {
    return count === 0 ? 'No mitigation' : plural(count, 'mitigation');
  }

  function between({ low, high }: Range): string {
    return `${format.money(low)} to ${format.money(high)}`;
  }

  function worthWords({ saves, costs }: MitigationWorth): string {
    return `saves ${format.money(saves)}, costs ${format.money(costs)}`;
  }

  function signed(money: number): string {
    return `${money > 0 ? '+' : ''}${format.money(money)}`;
  }
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
const toneOf = (worth: number) => (worth === 0 ? 'none' : worth > 0 ? 'good' : 'bad');
