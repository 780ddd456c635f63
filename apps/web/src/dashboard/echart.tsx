import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import css from './echart.module.css';

interface Props {
  option: EChartsCoreOption;
  /** What the picture shows, for those who do not see it. */
  label: string;
}

/** One chart on a canvas; ECharts itself is loaded with the first one. */
export function EChart({ option, label }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);

  useEffect(() => {
    const target = element.current;
    if (!target) return;
    let made: EChartsType | null = null;
    let gone = false;
    const observer = new ResizeObserver(() => made?.resize({ animation: { duration: 0 } }));
    void import('./echarts.ts').then(({ init }) => {
      if (gone) return;
      made = init(target, null, { renderer: 'canvas' });
      observer.observe(target);
      setChart(made);
    });
    return () => {
      gone = true;
      observer.disconnect();
      made?.dispose();
      setChart(null);
    };
  }, []);

  useEffect(() => {
    if (chart && !chart.isDisposed()) chart.setOption(option, { notMerge: true });
  }, [chart, option]);

  return <div ref={element} className={css.canvas} role="img" aria-label={label} />;
}
