import css from './keyboard-hint.module.css';

/** A key combination, such as `Mod+Shift+Z`; `Mod` is ⌘ on Apple machines and Ctrl elsewhere. */
export function KeyboardHint({ keys }: { keys: string }) {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  return (
    <span className={css.root}>
      {keys.split('+').map((key) => (
        <kbd key={key} className={css.key}>
          {key === 'Mod' ? (apple ? '⌘' : 'Ctrl') : key}
        </kbd>
      ))}
    </span>
  );
}
