import { Loader } from '@mantine/core';
import css from './canvas-area.module.css';

/** The paper while nothing is drawn on it yet. */
export function CanvasWait() {
  return (
    <div className={css.wait} role="status" aria-label="The diagram is on its way">
      <Loader size="sm" color="gray" type="dots" />
    </div>
  );
}
