import '@fontsource/arimo/400.css';
import '@fontsource/arimo/700.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';

/** The font in which bpmn-js measures and the server draws. */
const family = 'Arimo';

/**
 * Resolves when `text` can be measured; at once for letters that the font does not have, and when the font can't be
 * fetched: the letters of the device then stand in for it.
 */
export async function loadFont(text: string): Promise<void> {
  const letters = [...new Set(text)].join('') || 'a';
  try {
    await Promise.all([
      document.fonts.load(`12px ${family}`, letters),
      document.fonts.load(`bold 12px ${family}`, letters),
    ]);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
