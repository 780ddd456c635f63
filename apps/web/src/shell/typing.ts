/** Whether keys pressed here are text, so that single-letter shortcuts must keep out of the way. */
export function isTyping(target: EventTarget | null): boolean {
  // A dialog that has just opened does not have the focus yet; what is typed by then is meant for it.
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)) ||
    target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  );
}
