/** The font of all text on the canvas; pictures made on the server have the same. */
export const fontFamily = 'Arimo, Arial, sans-serif';

const first = 'Arimo';

/**
 * bpmn-js measures text as it draws it, so the font has to be there before. A page that does not declare it gets its
 * next best, and waits for nothing; so does one that can't load it.
 */
export async function loadFonts(fonts: FontFaceSet): Promise<void> {
  const isDeclared = [...fonts].some(({ family }) => family.replaceAll(/["']/g, '') === first);
  if (!isDeclared) return;
  await Promise.allSettled([fonts.load(`12px ${first}`), fonts.load(`bold 12px ${first}`)]);
}
