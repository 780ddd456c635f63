import { type FileRefusal, isFileRefusal, refuseFile } from './file-refusal.ts';
import {
  prefixOf,
  uriOf,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlText,
} from './xml.ts';
import { isName, lineCounter, readReferences } from './xml-characters.ts';

/** Deeper than any diagram that a person drew; far below what the call stack holds. */
export const maxDepth = 200;
export const maxElements = 250_000;

/**
 * XML 1.0 text to a tree, in one pass, strictly: what is not well-formed is refused with its line. Document types are
 * refused, and with them all entities but the five of XML itself, so that text never grows and nothing outside is read.
 */
export function scanXml(text: string): XmlDocument | FileRefusal {
  const lineAt = lineCounter(text);
  const broken = (detail: string, at: number) => refuseFile('not-xml', detail, lineAt(at));
  const around: XmlText[] = [];
  let root: XmlElement | null = null;
  let open: XmlElement | null = null;
  let depth = 0;
  let count = 0;
  let at = 0;

  const put = (node: XmlText) => {
    if (open) open.children.push(node);
    else around.push(node);
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) {
      const refused = takeText(text.slice(at, end), at);
      if (refused) return refused;
    }
    if (next < 0) break;
    at = next;
    if (text.startsWith('<!--', at)) {
      const close = text.indexOf('-->', at + 4);
      if (close < 0) return broken('A comment begins here and does not end.', at);
      put({ kind: 'comment', value: text.slice(at + 4, close), line: lineAt(at) });
      at = close + 3;
    } else if (text.startsWith('<![CDATA[', at)) {
      const close = text.indexOf(']]>', at);
      if (close < 0) return broken('A CDATA section begins here and does not end.', at);
      if (!open) return broken('There is text outside of the root element.', at);
      put({ kind: 'cdata', value: newlines(text.slice(at + 9, close)), line: lineAt(at) });
      at = close + 3;
    } else if (text.startsWith('<?', at)) {
      const close = text.indexOf('?>', at);
      if (close < 0) return broken('A processing instruction begins here and does not end.', at);
      const value = text.slice(at + 2, close);
      if (!/^xml\s/.test(value)) put({ kind: 'instruction', value, line: lineAt(at) });
      at = close + 2;
    } else if (text.startsWith('<!', at)) {
      return refuseFile(
        'unsafe-xml',
        'The file declares a document type (<!DOCTYPE>). Such files are not read: they can make a small file a huge one, or draw in other files. Remove the declaration.',
        lineAt(at),
      );
    } else if (text.startsWith('</', at)) {
      const close = text.indexOf('>', at);
      if (close < 0) return broken('The file ends in the middle of a tag.', at);
      const name = text.slice(at + 2, close).trimEnd();
      if (!open) return broken(`</${shown(name)}> closes nothing.`, at);
      if (open.name !== name) {
        return broken(`</${shown(name)}> closes <${open.name}>, which was opened in line ${open.line}.`, at);
      }
      open = open.parent;
      depth -= 1;
      at = close + 1;
    } else {
      const tag = readTag(text, at, lineAt(at));
      if (isFileRefusal(tag)) return tag;
      if (!open && root) return broken('There is a second root element.', at);
      count += 1;
      if (count > maxElements) {
        return refuseFile('too-large', `The file has more than ${maxElements} elements.`, lineAt(at));
      }
      const { element } = tag;
      element.parent = open;
      element.uri = uriOf(element, prefixOf(element.name));
      if (open) open.children.push(element);
      else root = element;
      if (!tag.empty) {
        open = element;
        depth += 1;
        if (depth > maxDepth) {
          return refuseFile(
            'too-large',
            `Elements are nested more than ${maxDepth} levels deep.`,
            lineAt(at),
          );
        }
      }
      at = tag.end;
    }
  }
  if (open) {
    return broken(
      `The file ends before <${open.name}> of line ${open.line} is closed: it seems to be cut off.`,
      text.length,
    );
  }
  return root ? { root, around } : refuseFile('not-xml', 'The file is text without any XML in it.', 1);

  function takeText(raw: string, start: number): FileRefusal | null {
    if (!open) {
      if (raw.trim() === '') return null;
      return broken(
        root ? 'There is text after the end of the XML.' : 'The file does not begin as XML.',
        start,
      );
    }
    const read = readReferences(newlines(raw));
    if (typeof read !== 'string') return broken(read.wrong, start + read.at);
    open.children.push({ kind: 'text', value: read, line: lineAt(start) });
    return null;
  }
}

/** One opening or empty tag. */
function readTag(
  text: string,
  start: number,
  line: number,
): { element: XmlElement; empty: boolean; end: number } | FileRefusal {
  const broken = (detail: string) => refuseFile('not-xml', detail, line);
  const name = /[^\s/><="']*/y;
  name.lastIndex = start + 1;
  const tagName = name.exec(text)?.[0] ?? '';
  if (!isName(tagName)) return broken(`"<${shown(tagName)}" does not begin an element.`);
  const attributes: XmlAttribute[] = [];
  const names = new Set<string>();
  const attribute = /\s+([^\s/><="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
  attribute.lastIndex = name.lastIndex;
  let at = name.lastIndex;
  for (let found = attribute.exec(text); found !== null; found = attribute.exec(text)) {
    at = attribute.lastIndex;
    const key = found[1] ?? '';
    if (!isName(key)) return broken(`"${shown(key)}" of <${tagName}> is no name of an attribute.`);
    if (names.has(key)) return broken(`<${tagName}> has the attribute "${key}" twice.`);
    names.add(key);
    const value = readReferences((found[2] ?? found[3] ?? '').replaceAll(/\r\n|[\r\n\t]/g, ' '));
    if (typeof value !== 'string') return broken(`${value.wrong} It stands in "${key}" of <${tagName}>.`);
    attributes.push({ name: key, value });
  }
  const close = /\s*(\/?)>/y;
  close.lastIndex = at;
  const closing = close.exec(text);
  if (!closing) {
    const cut = text.indexOf('>', at) < 0;
    return broken(
      cut ? 'The file ends in the middle of a tag.' : `The attributes of <${tagName}> can't be read.`,
    );
  }
  return {
    element: { kind: 'element', name: tagName, uri: null, attributes, children: [], parent: null, line },
    empty: closing[1] === '/',
    end: close.lastIndex,
  };
}

function newlines(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
}

function shown(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
