import { useSearch } from '@tanstack/react-router';
import { usePhone } from '@tidemark/ui';
import { createContext, useContext, useEffect, useRef } from 'react';

/** How often the bar of the past has asked for the history beside it: the panels are the editor's, which stands below. */
export const AskedHistoryContext = createContext(0);

/** Opens the history when the bar asks for it; on a phone it covers the past, and goes when another moment is chosen. */
export function useAskedHistory(open: (panel: 'history' | null) => void): void {
  const asked = useContext(AskedHistoryContext);
  const { at, version } = useSearch({ from: '/signed-in/d/$documentId' });
  const phone = usePhone();
  const opened = useRef(asked);
  const shown = useRef({ at, version });
  useEffect(() => {
    if (opened.current === asked) return;
    opened.current = asked;
    open('history');
  }, [asked, open]);
  useEffect(() => {
    const isSame = shown.current.at === at && shown.current.version === version;
    shown.current = { at, version };
    if (phone && !isSame) open(null);
  }, [phone, at, version, open]);
}
