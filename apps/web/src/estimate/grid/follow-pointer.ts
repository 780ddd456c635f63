/** Pixels from an edge at which the sheet scrolls under a drag, and by how much in a frame. */
const edge = 48;
const stride = 14;

interface Hands {
  /** With every frame, also while the pointer rests. */
  onMove(x: number, y: number): void;
  /** Once; not done: it was given up by Escape, or the browser took the pointer. */
  onEnd(done: boolean): void;
}

/** Pixels that a pointer may tremble before it drags. */
const slack = 4;

/** Follows a pointer that was pressed until it is let go, and scrolls the sheet at its edges. */
export function followPointer(
  frame: HTMLElement,
  begin: { readonly clientX: number; readonly clientY: number; readonly pointerId: number },
  { onMove, onEnd }: Hands,
): void {
  let at = { x: begin.clientX, y: begin.clientY };
  let ticking = 0;
  const scroll = () => {
    const box = frame.getBoundingClientRect();
    const down = at.y > box.bottom - edge ? stride : at.y < box.top + edge ? -stride : 0;
    if (down !== 0) frame.scrollBy(0, down);
    // Others may have moved rows under it.
    onMove(at.x, at.y);
    ticking = requestAnimationFrame(scroll);
  };
  const move = (event: PointerEvent) => {
    if (event.pointerId !== begin.pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    if (ticking === 0) {
      if (Math.hypot(at.x - begin.clientX, at.y - begin.clientY) < slack) return;
      ticking = requestAnimationFrame(scroll);
    }
    onMove(at.x, at.y);
  };
  const end = (done: boolean) => {
    cancelAnimationFrame(ticking);
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', key, true);
    onEnd(done && ticking !== 0);
  };
  const up = (event: PointerEvent) => {
    if (event.pointerId === begin.pointerId) end(true);
  };
  const cancel = (event: PointerEvent) => {
    if (event.pointerId === begin.pointerId) end(false);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(false);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  // Before the grid, for which Escape gives the block up.
  window.addEventListener('keydown', key, true);
}
