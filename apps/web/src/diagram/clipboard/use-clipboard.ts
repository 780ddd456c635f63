import { useEffect } from 'react';
import { isTyping } from '../../shell/typing.ts';
import { useTools } from '../tools/context.ts';
import { remove } from '../tools/element-actions.ts';
import { service } from '../tools/services.ts';
import { copyText, pasteText } from './paste.ts';

/**
 * Copy, cut and paste by the system's clipboard, so that elements travel between diagrams, tabs and people. Only events of the browser are used:
 * they need no permission. `onXml` gets text that is a BPMN file.
 */
export function useClipboard(onXml: (xml: string) => void): void {
  const { canvas, mayEdit } = useTools();
  useEffect(() => {
    const meant = (event: Event) => {
      if (event.defaultPrevented || isTyping(event.target)) return false;
      return document.getSelection()?.isCollapsed !== false;
    };
    const copy = (event: ClipboardEvent) => {
      // A canvas for reading has nothing that copies.
      if (!mayEdit || !meant(event)) return;
      const text = copyText(canvas);
      if (text === null || !event.clipboardData) return;
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') remove(canvas, service(canvas, 'selection').get());
    };
    const paste = (event: ClipboardEvent) => {
      if (!mayEdit || !meant(event)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (pasteText(canvas, text)) event.preventDefault();
      else if (isBpmn(text)) {
        event.preventDefault();
        onXml(text);
      }
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, [canvas, mayEdit, onXml]);
}

/** Whether text looks like a BPMN file; the import says whether it is one. */
export function isBpmn(text: string): boolean {
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<([\w.-]+:)?definitions[\s>]/.test(
    text.slice(0, 20_000),
  );
}
