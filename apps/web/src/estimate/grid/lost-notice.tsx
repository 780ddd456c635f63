import { Button } from '@mantine/core';
import { Banner } from '@tidemark/ui';
import { useGrid, useGridFocus, useGridPart } from './context.ts';
import css from './grid.module.css';
import type { LostEdit } from './grid-store.ts';

const words: Readonly<Record<LostEdit['why'], string>> = {
  removed: 'Somebody removed the line that you were writing in.',
  locked: 'The estimate was submitted while you were writing, so this was not written.',
  rights: 'You may not edit this estimate any more, so this was not written.',
};

/** What was typed into a cell that was taken away, so that it is not lost with it. */
export function LostNotice() {
  const { store } = useGrid();
  const focus = useGridFocus();
  const lost = useGridPart((state) => state.lost);
  if (lost === null) return null;
  const dismiss = () => {
    store.set({ lost: null });
    focus.take();
  };
  return (
    <div role="alert">
      <Banner
        tone="warn"
        action={
          <>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                void navigator.clipboard
                  .writeText(lost.text)
                  .then(dismiss, () => store.set({ said: { text: 'Copying was not allowed.' } }))
              }
            >
              Copy
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={dismiss}>
              Dismiss
            </Button>
          </>
        }
      >
        {lost.by ? words[lost.why].replace('Somebody', lost.by) : words[lost.why]}{' '}
        <q className={css.lost}>{lost.text}</q>
      </Banner>
    </div>
  );
}
