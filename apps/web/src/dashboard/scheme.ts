import { useComputedColorScheme } from '@mantine/core';
import { useView } from './context.ts';
import type { Scheme } from './palettes.ts';

/** Light or dark as the dashboard is drawn: its own choice, else that of the person who looks. */
export function useScheme(): Scheme {
  const theme = useView((view) => view.meta.theme);
  const own = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return theme === 'dark' ? 'dark' : own;
}
