import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useCommands } from './commands.ts';
import { fetched } from './fetched.tsx';
import { onShortcutSheet, openShortcutSheet } from './shortcut-door.ts';
import { isTyping } from './typing.ts';

const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));
const ImportDialogs = lazy(async () => ({
  default: (await import('../import/import-dialogs.tsx')).ImportDialogs,
}));
const ShortcutSheet = fetched(async () => (await import('./shortcut-sheet.tsx')).ShortcutSheet);

/** Around every page of somebody who is signed in: the palette, the shortcut sheet, and what is going on with imports. */
export function Frame() {
  const [sheet, setSheet] = useState(false);
  const navigate = useNavigate();
  useEffect(() => onShortcutSheet(() => setSheet(true)), []);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      openShortcutSheet();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);
  useCommands(
    useMemo(
      () => [
        {
          id: 'prices',
          label: 'Price list',
          group: 'Company',
          keywords: 'costs items assemblies catalogue',
          run: () => void navigate({ to: '/prices' }),
        },
        {
          id: 'past-projects',
          label: 'Past projects',
          group: 'Company',
          keywords: 'history patterns risks lessons actuals variance won lost',
          run: () => void navigate({ to: '/past-projects' }),
        },
        { id: 'shortcuts', label: 'Keyboard shortcuts', group: 'Help', keys: '?', run: openShortcutSheet },
      ],
      [navigate],
    ),
  );
  return (
    <>
      <Outlet />
      <Suspense fallback={null}>
        <CommandPalette />
        <ImportDialogs />
      </Suspense>
      {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
    </>
  );
}
