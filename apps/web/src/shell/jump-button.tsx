import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { IconButton, KeyboardHint, usePhone } from '@tidemark/ui';
import css from './jump-button.module.css';

/** Opens the palette of commands and documents. */
export function JumpButton() {
  const phone = usePhone();
  if (phone) {
    return (
      <IconButton label="Search commands and documents" size={44} onClick={spotlight.open}>
        <IconSearch size={20} stroke={1.7} />
      </IconButton>
    );
  }
  return (
    <button type="button" className={css.jump} onClick={spotlight.open}>
      <IconSearch size={15} stroke={1.8} aria-hidden />
      <span>Go to…</span>
      <KeyboardHint keys="Mod+K" />
    </button>
  );
}
