import { IconCalculator, IconChartHistogram, IconFile, IconSitemap } from '@tabler/icons-react';

const icons = { dashboard: IconChartHistogram, estimate: IconCalculator, diagram: IconSitemap };

/** The sign of a kind in lists. */
export function KindIcon({ kind, size }: { kind: string; size: number }) {
  const Icon = Object.hasOwn(icons, kind) ? icons[kind as keyof typeof icons] : IconFile;
  return <Icon size={size} stroke={1.7} aria-hidden />;
}
