import { type Decoder, decodeXml } from './decode.ts';
import { type FileRefusal, isFileRefusal, refuseFile } from './file-refusal.ts';
import { createGrammar, type Schema } from './grammar.ts';
import { repair } from './repair.ts';
import { type FileNote, type FileReport, makeReport } from './report.ts';
import { scanXml } from './scan.ts';
import { localName, walk, writeXml, type XmlDocument, type XmlElement } from './xml.ts';

/** Bytes of the largest file that is read. */
export const maxFileBytes = 10 * 1024 * 1024;

export interface ReadFile {
  /** Well-formed, UTF-8, without what bpmn-moddle stumbles over. */
  readonly xml: string;
  /** What `xml` says, with the lines of the file. */
  readonly document: XmlDocument;
  readonly report: FileReport;
}

/** Bytes of a .bpmn file to XML that bpmn-moddle keeps whole, with what had to be changed for that. */
export function readFile(
  bytes: Uint8Array,
  port: { decode: Decoder; schema: Schema },
): ReadFile | FileRefusal {
  if (bytes.length > maxFileBytes) {
    return refuseFile('too-large', `The file is larger than the limit of ${maxFileBytes} bytes.`);
  }
  const decoded = decodeXml(bytes, port.decode);
  if (isFileRefusal(decoded)) return decoded;
  const page = /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html)\b/i.test(decoded.text);
  if (page) return refuseFile('not-bpmn', 'The file is a web page (HTML), not BPMN.', 1);
  const document = scanXml(decoded.text);
  if (isFileRefusal(document)) return document;
  const grammar = createGrammar(port.schema);
  const meaning = grammar.root(document.root);
  if (meaning?.is !== 'typed') return notBpmn(document.root);
  let elements = 0;
  for (const _ of walk(document.root)) elements += 1;
  const { notes, renamed } = repair(document, grammar, meaning);
  const all: FileNote[] = [...encodingNotes(decoded.encoding, decoded.declared), ...notes];
  return { xml: writeXml(document), document, report: makeReport(decoded.encoding, elements, all, renamed) };
}

/** The file says one encoding and is in another: programs do that when they write a text that was UTF-16 in memory. */
function encodingNotes(encoding: string, declared: string | null): FileNote[] {
  if (declared === null || declared === encoding) return [];
  const wide = (name: string) => /^(utf-?16|ucs-?2|iso-10646-ucs-2|unicode)/.test(name);
  if (wide(declared) === wide(encoding)) return [];
  return [
    {
      code: 'encoding-corrected',
      fate: 'changed',
      element: null,
      line: 1,
      detail: `The file says that it is in ${declared.toUpperCase()} but is in ${encoding.toUpperCase()}, and was read as that.`,
    },
  ];
}

const others: readonly (readonly [RegExp, string])[] = [
  [/spec\/DMN\//i, 'a DMN decision model'],
  [/spec\/CMMN\//i, 'a CMMN case model'],
  [/BPMN\/.*1\.|bpmn1/i, 'BPMN 1, which was never an exchange format; export it as BPMN 2.0'],
  [/wfmc\.org/i, 'an XPDL file; export it as BPMN 2.0'],
  [/w3\.org\/2000\/svg/i, 'an SVG picture of a diagram, not the diagram'],
  [/w3\.org\/1999\/xhtml/i, 'a web page (HTML)'],
  [/visio/i, 'a Visio drawing; export it as BPMN 2.0'],
];

function notBpmn({ name, uri, line }: XmlElement): FileRefusal {
  const known = others.find(([pattern]) => uri !== null && pattern.test(uri));
  if (known) return refuseFile('not-bpmn', `The file is ${known[1]}.`, line);
  const local = localName(name);
  if (local === 'mxfile' || local === 'mxGraphModel') {
    return refuseFile('not-bpmn', 'The file is a draw.io drawing, not BPMN.', line);
  }
  if (local === 'svg')
    return refuseFile('not-bpmn', 'The file is an SVG picture of a diagram, not the diagram.', line);
  if (local === 'definitions') {
    const of = uri === null ? 'no namespace' : `the namespace "${uri.slice(0, 120)}"`;
    return refuseFile('not-bpmn', `<${name}> is of ${of}, not of BPMN 2.0.`, line);
  }
  return refuseFile(
    'not-bpmn',
    `The file begins with <${name.slice(0, 60)}>, not with BPMN's <definitions>.`,
    line,
  );
}
