import { IconAlertTriangle, IconCircleCheck, IconCloudOff, IconLoader2 } from '@tabler/icons-react';
import css from './status-badge.module.css';

export type StatusTone = 'muted' | 'busy' | 'offline' | 'warn' | 'bad';

interface Props {
  tone: StatusTone;
  text: string;
  /** Longer words for the tooltip, such as when it was stored. */
  title?: string;
  action?: { label: string; run: () => void };
}

const icons = {
  muted: IconCircleCheck,
  busy: IconLoader2,
  offline: IconCloudOff,
  warn: IconCloudOff,
  bad: IconAlertTriangle,
};

/** A short truthful line about something's state: icon and words, so that colour is never the only sign. */
export function StatusBadge({ tone, text, title, action }: Props) {
  const Icon = icons[tone];
  return (
    <span className={css.root} data-tone={tone} title={title}>
      <Icon size={15} stroke={1.8} aria-hidden className={tone === 'busy' ? css.turning : undefined} />
      <span className={css.text} role="status">
        {text}
      </span>
      {action && (
        <button type="button" className={css.action} onClick={action.run}>
          {action.label}
        </button>
      )}
    </span>
  );
}
