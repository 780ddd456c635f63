import { IconSearch } from '@tabler/icons-react';
import { IconButton, KeyboardHint } from '@tidemark/ui';
import { useDiagram } from '../context.ts';
import { findEvent } from '../tools/keys.ts';
import { service } from '../tools/services.ts';

/** Opens the search over the canvas. */
export function SearchButton({ size }: { size: number }) {
  const { canvas } = useDiagram();
  return (
    <IconButton
      label="Search the diagram"
      hint={
        <>
          Search the diagram <KeyboardHint keys="Mod+F" />
        </>
      }
      size={size}
      disabled={canvas === null}
      onClick={() => canvas && service(canvas, 'eventBus').fire(findEvent)}
    >
      <IconSearch size={18} stroke={1.7} />
    </IconButton>
  );
}
