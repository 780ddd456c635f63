import { IconArrowsMove, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { ChangeType } from './rows.ts';

interface Look {
  /** As one says it of a thing. */
  readonly word: string;
  readonly Icon: typeof IconPlus;
}

/** What became of a thing, as it is said and drawn; its colour stands in the style sheet by the same name. */
export const typeWords: Readonly<Record<ChangeType, Look>> = {
  added: { word: 'Added', Icon: IconPlus },
  changed: { word: 'Changed', Icon: IconPencil },
  moved: { word: 'Moved', Icon: IconArrowsMove },
  removed: { word: 'Removed', Icon: IconMinus },
};

/** "Changed and moved". */
export function typesText(types: readonly ChangeType[]): string {
  const words = types.map((type) => typeWords[type].word);
  return words.map((word, at) => (at === 0 ? word : word.toLowerCase())).join(' and ');
}
