/** "Roof v2" after "Roof", "Roof v3" after that. */
export function nextTitle(title: string): string {
  const numbered = /^(.*\S)\s+v(\d{1,6})$/i.exec(title.trim());
  return numbered ? `${numbered[1]} v${Number(numbered[2]) + 1}` : `${title.trim()} v2`.trim();
}
