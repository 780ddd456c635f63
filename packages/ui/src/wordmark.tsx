import { useId } from 'react';
import css from './wordmark.module.css';

/** The mark: a gauge with the tide risen to its line. */
export function Mark({ size = 24 }: { size?: number }) {
  const id = useId();
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#1b86a1" />
          <stop offset="1" stopColor="#0a4658" />
        </linearGradient>
      </defs>
      <rect width="32" height="32" rx="8" fill={`url(#${id})`} />
      <path
        d="M0 20.5c3.2-3 5.6-3 8 0s4.800 3 8 0 5.600-3 8 0 4.800 3 8 0V24a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8z"
        fill="#7fd0e2"
        opacity="0.55"
      />
      <path
        d="M0 23.500c3.200 2.600 5.600 2.600 8 0s4.800-2.600 8 0 5.600 2.600 8 0 4.800-2.600 8 0V24a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8z"
        fill="#eafafd"
        opacity="0.9"
      />
      <path d="M8 7h9M8 11.5h5M8 16h9" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" fill="none" />
    </svg>
  );
}

/** Mark and name side by side. */
export function Wordmark({ size = 24 }: { size?: number }) {
  return (
    <span className={css.root}>
      <Mark size={size} />
      <span className={css.name} style={{ fontSize: size * 0.7 }}>
        Tidemark
      </span>
    </span>
  );
}
