/**
 * An XML NCName, as an id has to be (Namespaces in XML 1.0, production 4; XML 1.0 fifth edition, production 4 and 4a
 * without the colon).
 */
const start =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const name = new RegExp(`^[${start}][${start}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*$`, 'u');

/** What is wrong with an id, in words for the person who types it; null when nothing is. */
export function idProblem(id: string, isTaken: (id: string) => boolean): string | null {
  if (id === '') return 'An id is needed.';
  if (/\s/.test(id)) return 'An id has no spaces.';
  if (id.includes(':')) return 'An id has no colon.';
  if (!name.test(id)) return 'An id begins with a letter or _ and holds letters, digits, - . and _ alone.';
  return isTaken(id) ? 'Another element has this id.' : null;
}
