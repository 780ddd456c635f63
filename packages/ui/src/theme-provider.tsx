import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { theme } from './theme.ts';

/** The same key is read by the app's `theme.js` before the first paint. */
const manager = localStorageColorSchemeManager({ key: 'tidemark-colour-scheme' });

/** Theme for everything inside; follows the system until the person chooses light or dark. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} colorSchemeManager={manager} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
