import { Tabs } from '@mantine/core';
import type { RefObject } from 'react';
import css from './views.module.css';
import { views } from './views.ts';

/** The tab that is chosen, at its full height. It scrolls by itself: what stands above it stays. */
export function ViewHost({ surface }: { surface: RefObject<HTMLElement | null> }) {
  return (
    <main ref={surface} className={css.work}>
      {views.map(({ name, View }) => (
        <Tabs.Panel key={name} value={name} className={css.view}>
          <View />
        </Tabs.Panel>
      ))}
    </main>
  );
}
