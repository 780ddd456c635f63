import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useEstimation } from '../context.ts';
import { useFormat } from '../format.ts';
import css from './waterfall.module.css';
import { type Bar, extentOf, waterfallBars } from './waterfall-bars.ts';

const top = 20;
/** Pixels; under bars that are narrower the labels stand in two rows. */
const roomy = 70;
/** Pixels that a bar needs for a sign before its amount. */
const signed = 45;

/** From the base to the bid, step by step; the whisker on the risk is what it may come to. The same as a table, for those who can't see it. */
export function BidWaterfall() {
  const estimation = useEstimation();
  const format = useFormat();
  const bars = useMemo(() => waterfallBars(estimation), [estimation]);
  const { ref, width, height } = useElementSize();
  return (
    <section className={css.waterfall} aria-label="From base to bid, step by step">
      <header className={css.head}>
        <h2 className={css.title}>From base to bid</h2>
        <span className={css.range}>
          Bid {format.money(estimation.low.bid)} to {format.money(estimation.high.bid)}
        </span>
      </header>
      <div ref={ref} className={css.picture} aria-hidden>
        {width > 0 && (
          <Picture
            bars={bars}
            width={width}
            height={height}
            short={(money) => shortMoney(money, format.currency, width)}
          />
        )}
      </div>
      <table className={css.hidden}>
        <caption>From base to bid</caption>
        <tbody>
          {bars.map(({ key, label, amount }) => (
            <tr key={key} data-step={key}>
              <th scope="row">{label}</th>
              <td>{format.money(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface PictureProps {
  bars: readonly Bar[];
  width: number;
  height: number;
  short: (money: number) => string;
}

function Picture({ bars, width, height, short }: PictureProps) {
  const { low, high } = extentOf(bars);
  const step = width / bars.length;
  const bottom = step < roomy ? 32 : 20;
  const y = (money: number) => top + ((high - money) / (high - low)) * (height - top - bottom);
  const wide = Math.min(54, step * 0.64);
  return (
    <svg width={width} height={height} focusable="false">
      <title>From base to bid</title>
      <line className={css.ground} x1={0} x2={width} y1={y(0)} y2={y(0)} />
      {bars.map((bar, at) => {
        const { key, label, amount, from, to, sum, range } = bar;
        const x = at * step + (step - wide) / 2;
        const [upper, lower] = [y(Math.max(from, to)), y(Math.min(from, to))];
        const next = bars[at + 1];
        return (
          <g key={key} data-sign={sum ? 'sum' : amount < 0 ? 'down' : 'up'}>
            <rect
              className={css.bar}
              data-bar={key}
              x={x}
              y={upper}
              width={wide}
              height={Math.max(1.5, lower - upper)}
              rx={2}
            />
            {next && <line className={css.link} x1={x + wide} x2={x + step} y1={y(to)} y2={y(to)} />}
            {range && range.low !== range.high && (
              <path
                className={css.whisker}
                d={`M${x + wide / 2 - 5} ${y(range.high)} h10 M${x + wide / 2} ${y(range.high)} V${y(range.low)} M${x + wide / 2 - 5} ${y(range.low)} h10`}
              />
            )}
            <text
              className={css.value}
              x={x + wide / 2}
              y={Math.min(upper, range ? y(range.high) : upper) - 6}
            >
              {!sum && amount > 0 && step >= signed ? '+' : ''}
              {short(amount)}
            </text>
            <text className={css.label} x={x + wide / 2} y={height - (step < roomy && at % 2 === 0 ? 17 : 4)}>
              {label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

const shorts = new Map<string, Intl.NumberFormat>();

/** Pixels of the picture below which amounts go without the sign of the currency. */
const narrow = 400;

/** "$31.0K": what stands above a bar; the table has it to the cent. */
function shortMoney(money: number, currency: string, width: number): string {
  const key = width < narrow ? '' : currency;
  let format = shorts.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat('en', {
      ...(key === '' ? {} : { style: 'currency', currency }),
      notation: 'compact',
      minimumSignificantDigits: 3,
      maximumSignificantDigits: 3,
    });
    shorts.set(key, format);
  }
  return format.format(money / 10_000);
}
