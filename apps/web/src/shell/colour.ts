/** Each dark enough for white initials (4.5:1 and more), and far enough from the others. */
const colours = [
  '#b3471b',
  '#6a4fb5',
  '#0f7a55',
  '#b0306a',
  '#2f62b5',
  '#8a5a0c',
  '#4b6b1f',
  '#a23b3b',
  '#7a3f9e',
  '#2a6f7f',
] as const;

/** A person's colour: the same on every screen, from the id alone. */
export function colourOf(userId: string): string {
  let hash = 2166136261;
  for (const letter of userId) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  return colours[(hash >>> 0) % colours.length] ?? colours[0];
}
