import { Button } from '@mantine/core';
import { IconCopyPlus } from '@tabler/icons-react';
import { ownerOfKey } from '@tidemark/documents/diagram';
import { useCopyFromPast } from '../../history/use-copy-from-past.ts';
import { useDiagram, useSelection } from '../context.ts';
import css from './past-view.module.css';

/** Brings what is selected in the past into the diagram of now. */
export function CopySelected() {
  const copy = useCopyFromPast();
  const { canvas, reader } = useDiagram();
  const keys = useSelection();
  if (copy === null || canvas === null || keys.length === 0) return null;
  const [first] = keys;
  const name = reader
    .view()
    .elements.get(first ?? '')
    ?.values.get('@name');
  const words =
    keys.length > 1
      ? `${keys.length} elements`
      : typeof name === 'string' && name !== ''
        ? name
        : 'the element';
  const things = keys.map((id) => ({ collection: ownerOfKey(id) === null ? 'el' : 'one', id }));
  return (
    <div className={css.bar}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCopyPlus size={15} stroke={1.8} />}
        onClick={() => copy(things, words)}
      >
        Copy into now
      </Button>
    </div>
  );
}
