import { IconCopyPlus } from '@tabler/icons-react';
import type { Thing } from '@tidemark/documents';
import { useCopyFromPast } from '../../history/use-copy-from-past.ts';
import { Item } from './menu-item.tsx';

/** Brings lines, a section or a risk of the past into the estimate of now. Nothing where no past is shown. */
export function CopyFromPast({ things, name }: { things: readonly Thing[]; name: string }) {
  const copy = useCopyFromPast();
  if (copy === null) return null;
  return (
    <Item icon={<IconCopyPlus size={16} stroke={1.7} />} onChoose={() => copy(things, name)}>
      Copy into now
    </Item>
  );
}
