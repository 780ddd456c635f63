import {
  type Icon,
  IconChartArea,
  IconChartBar,
  IconChartDonut3,
  IconChartDots,
  IconChartHistogram,
  IconChartLine,
  IconNumber123,
  IconTable,
} from '@tabler/icons-react';
import type { ChartType } from '@tidemark/documents/dashboard';

export const chartIcons: Readonly<Record<ChartType, Icon>> = {
  line: IconChartLine,
  bar: IconChartBar,
  area: IconChartArea,
  scatter: IconChartDots,
  pie: IconChartDonut3,
  table: IconTable,
  number: IconNumber123,
  histogram: IconChartHistogram,
};
