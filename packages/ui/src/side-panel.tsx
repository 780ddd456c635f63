import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { IconButton } from './icon-button.tsx';
import css from './side-panel.module.css';

/** Whether the screen is as narrow as a phone. */
export function usePhone(): boolean {
  return useMediaQuery('(max-width: 48em)', window.matchMedia('(max-width: 48em)').matches) ?? false;
}

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** False for a panel that is open from the start: nobody has asked for it. */
  takesFocus?: boolean;
  children: ReactNode;
}

/** Beside the work on a wide screen, a bottom sheet on a phone. */
export function SidePanel({ title, opened, onClose, takesFocus = true, children }: Props) {
  const phone = usePhone();
  if (phone) {
    return (
      <Drawer
        opened={opened}
        onClose={onClose}
        title={title}
        position="bottom"
        size="auto"
        radius="lg"
        classNames={{ content: css.bottomSheet, body: css.sheetBody }}
        closeButtonProps={{ 'aria-label': `Close ${title}`, size: 44, iconSize: 18 }}
      >
        {children}
      </Drawer>
    );
  }
  if (!opened) return null;
  return (
    <Beside title={title} onClose={onClose} takesFocus={takesFocus}>
      {children}
    </Beside>
  );
}

/** Takes the focus when it is opened, gives it back when it closes, and closes by Esc. */
function Beside({ title, onClose, takesFocus, children }: Omit<Props, 'opened'>) {
  const panel = useRef<HTMLElement>(null);
  const asked = useRef(takesFocus);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = panel.current;
    if (asked.current) element?.focus({ preventScroll: true });
    return () => {
      const inside = element?.contains(document.activeElement);
      if (inside && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      ref={panel}
      className={css.panel}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        // An open list inside closes itself first.
        const inList =
          event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
        if (event.key === 'Escape' && !inList) onClose();
      }}
    >
      <div className={css.header}>
        <h2 className={css.title}>{title}</h2>
        <IconButton label={`Close ${title}`} size={28} onClick={onClose}>
          <IconX size={16} />
        </IconButton>
      </div>
      <div className={css.body}>{children}</div>
    </aside>
  );
}
