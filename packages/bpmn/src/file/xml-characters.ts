const nameStart = String.raw`:_A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}`;
const name = new RegExp(
  String.raw`^[${nameStart}][${nameStart}\-.0-9\u00B7\u0300-\u036F\u203F\u2040]*$`,
  'u',
);

/** XML 1.0 (fifth edition), production 5. */
export function isName(text: string): boolean {
  return name.test(text);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Replaces `&amp;`, `&#233;` and the like. What can't stand in XML is named, with its offset. */
export function readReferences(text: string): string | { readonly wrong: string; readonly at: number } {
  const control = forbidden.exec(text);
  if (control) {
    const code = control[0].codePointAt(0) ?? 0;
    return { wrong: `The character ${codeName(code)} can't stand in XML.`, at: control.index };
  }
  if (!text.includes('&')) return text;
  let out = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', from)) {
    const reference = /&(?:#(\d+)|#x([0-9a-fA-F]+)|([^\s&;<]+));/y;
    reference.lastIndex = at;
    const found = reference.exec(text);
    if (!found) return { wrong: 'An "&" stands by itself; it should be "&amp;".', at };
    const [whole, decimal, hexadecimal, entity] = found;
    const character =
      entity === undefined
        ? characterOf(Number.parseInt(decimal ?? hexadecimal ?? '', decimal ? 10 : 16))
        : entities[entity];
    if (character === undefined) {
      const known = entity === undefined ? 'is no character that can stand in XML' : 'is not known to XML';
      return { wrong: `"${whole.slice(0, 40)}" ${known}.`, at };
    }
    out += text.slice(from, at) + character;
    from = at + whole.length;
  }
  return out + text.slice(from);
}

// XML 1.0 production 2; a lone surrogate can't come out of a decoder. Newlines and tabs may.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

function characterOf(code: number): string | undefined {
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  const character = String.fromCodePoint(code);
  return forbidden.test(character) ? undefined : character;
}

function codeName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Offsets to lines, from 1. Asked in rising order it reads the text once. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    while (next >= 0 && next < offset) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}
