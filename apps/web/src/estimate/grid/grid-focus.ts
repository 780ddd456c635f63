/** Where the browser's focus is. The active cell's field is another element after each step, and takes it over. */
export interface GridFocus {
  /** Whether the grid has the focus, so that the active cell takes it. */
  wanted: boolean;
  /** The last cell was chosen by a finger: choosing must not call up the keyboard of the screen. */
  touch: boolean;
  /** The field of the active cell. */
  field: HTMLInputElement | null;
  /** Gives the focus to the active cell. */
  take(): void;
}

export function createFocus(): GridFocus {
  const focus: GridFocus = {
    wanted: false,
    touch: false,
    field: null,
    take() {
      focus.wanted = true;
      const { field } = focus;
      if (field === null) return;
      field.focus({ preventScroll: true });
      field.select();
    },
  };
  return focus;
}
