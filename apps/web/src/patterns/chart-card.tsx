import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo } from 'react';
import { EChart } from '../dashboard/echart.tsx';
import css from './charts.module.css';
import type { Look } from './charts.ts';

interface Props {
  title: string;
  about: ReactNode;
  /** What the picture shows, for those who do not see it. */
  words: string;
  /** Pixels. */
  height: number;
  /** Kept stable with useCallback. */
  draw: (look: Look) => EChartsCoreOption;
}

export function ChartCard({ title, about, words, height, draw }: Props) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const calm = useReducedMotion();
  const option = useMemo(() => draw({ scheme, calm }), [draw, scheme, calm]);
  return (
    <section className={css.card} aria-label={title}>
      <h2 className={css.title}>{title}</h2>
      <p className={css.about}>{about}</p>
      <div style={{ height }}>
        <EChart option={option} label={words} />
      </div>
    </section>
  );
}
