import { IconCopyPlus } from '@tabler/icons-react';
import type { Thing } from '@tidemark/documents';
import { useComparison } from '../../history/compare/comparison.ts';
import { markKey, useMarksHere } from '../../history/marks.ts';
import { useCopyFromPast } from '../../history/use-copy-from-past.ts';
import { Item } from './menu-item.tsx';

/** Brings lines, a section or a risk of the past into the estimate of now. Nothing where no past is shown. */
export function CopyFromPast({ things, name }: { things: readonly Thing[]; name: string }) {
  const copy = useCopyFromPast();
  const marks = useMarksHere();
  const before = useComparison()?.before;
  if (copy === null) return null;
  // What is gone is taken from the moment at which it stood there.
  const gone = things.every((thing) => marks?.get(markKey(thing))?.types.includes('removed'));
  return (
    <Item
      icon={<IconCopyPlus size={16} stroke={1.7} />}
      onChoose={() => copy(things, name, gone ? before : undefined)}
    >
      Copy into now
    </Item>
  );
}
