/** Puts the focus into the first field of the properties, or on what there is to read. */
export function focusProperties(): void {
  const panel = document.querySelector<HTMLElement>('[data-properties]');
  const field = panel?.querySelector<HTMLElement>('input, textarea');
  (field ?? panel)?.focus();
}
