import { type ColumnLayout, plainLayout, readLayout } from './column-layout.ts';

const key = 'tidemark-estimate-columns';

/** The columns as they were left on this device. A device that keeps nothing shows them as they are. */
export function keptLayout(): ColumnLayout {
  try {
    return readLayout(localStorage.getItem(key));
  } catch (error) {
    console.info('Columns are not kept on this device.', error);
    return plainLayout;
  }
}

export function keepLayout(layout: ColumnLayout): void {
  try {
    localStorage.setItem(key, JSON.stringify(layout));
  } catch (error) {
    console.info('Columns are not kept on this device.', error);
  }
}
