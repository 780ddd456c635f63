import { readdirSync, readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import type { ParseResult } from '../moddle.ts';
import { keepOutsideReferences } from '../outside.ts';
import { compareFiles } from './compare-files.ts';
import type { Decoder } from './decode.ts';
import { isFileRefusal } from './file-refusal.ts';
import { createGrammar } from './grammar.ts';
import { maxFileBytes, type ReadFile, readFile } from './read-file.ts';
import { maxNotes } from './report.ts';
import { maxDepth, maxElements, scanXml } from './scan.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const decode: Decoder = (bytes, encoding) =>
  new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
const bytesOf = (name: string) => readFileSync(new URL(name, fixtures));
const schema = new BpmnModdle();
const read = (content: Uint8Array | string) =>
  readFile(typeof content === 'string' ? Buffer.from(content) : content, { decode, schema });

function readable(content: Uint8Array | string): ReadFile {
  const answer = read(content);
  if (isFileRefusal(answer)) throw new Error(`${answer.refused}: ${answer.detail}`);
  return answer;
}

function refusalOf(content: Uint8Array | string) {
  const answer = read(content);
  if (!isFileRefusal(answer)) throw new Error('The file was read');
  return answer;
}

const hard = (name: string) => readable(bytesOf(`hard/${name}.bpmn`));
const notesOf = ({ report }: ReadFile) =>
  report.notes.map(({ code, fate, line, element }) => [code, fate, line, element?.id ?? null]);

/** A file around some content of its process. */
const around = (content: string, attributes = '') =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"${attributes}><process id="P">${content}</process></definitions>`;

/** What moddle itself makes of the XML: its tree, its warnings, and what of the file is missing when it writes it again. */
async function throughModdle({ xml, document }: ReadFile) {
  const moddle = new BpmnModdle();
  const parsed = await moddle.fromXML(xml);
  keepOutsideReferences(parsed as unknown as ParseResult);
  const { rootElement, warnings, elementsById } = parsed;
  const { xml: written } = await moddle.toXML(rootElement, { format: true });
  const after = scanXml(written);
  if (isFileRefusal(after)) throw new Error(after.detail);
  return {
    written,
    warnings,
    elementsById,
    notes: compareFiles(document.root, after.root, createGrammar(moddle)),
  };
}

describe('encodings', () => {
  test.each([
    ['iso-8859-1', 'iso-8859-1', 'Straße begehen'],
    ['iso-8859-15', 'iso-8859-15', 'Preis in €'],
    ['windows-1252', 'windows-1252', '„Angebot“ – geprüft'],
    ['utf-8-mark', 'utf-8', 'Größe'],
    ['utf-16le-mark', 'utf-16le', '検査 🙂'],
    ['utf-16be', 'utf-16be', '検査'],
    ['says-utf-16-is-utf-8', 'utf-8', 'Größe'],
  ])('BPMN-30 %s is read as %s', async (name, encoding, text) => {
    const file = hard(name);
    expect(file.report.encoding).toBe(encoding);
    expect(file.xml).toContain(`name="${text}"`);
    expect(file.xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
    expect((await throughModdle(file)).notes).toEqual([]);
  });

  test('BPMN-30 a declaration that the bytes contradict is noted', () => {
    expect(notesOf(hard('says-utf-16-is-utf-8'))).toEqual([['encoding-corrected', 'changed', 1, null]]);
    expect(notesOf(hard('utf-16be'))).toEqual([]);
  });

  test('BPMN-31 bytes that are no text of the encoding are refused with their line, not replaced', () => {
    expect(refusalOf(bytesOf('refused/bad-bytes.bpmn'))).toMatchObject({
      refused: 'unknown-encoding',
      line: 4,
    });
    expect(refusalOf(bytesOf('refused/odd-utf-16.bpmn'))).toMatchObject({
      refused: 'unknown-encoding',
      line: null,
    });
    expect(refusalOf(bytesOf('refused/unknown-encoding.bpmn')).detail).toMatch(/ebcdic-cp-de/);
    expect(refusalOf(Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0])).detail).toMatch(/UTF-32/);
  });

  test('BPMN-30 characters given by number are read, those beyond 16 bits too', async () => {
    const file = hard('references');
    expect(file.xml).toContain('name="a &lt; b &amp; c 🙂 🙂 &#10;second line"');
    const { notes, elementsById } = await throughModdle(file);
    expect(notes).toEqual([]);
    expect(elementsById.Note_1?.text).toBe('tab\tand "quotes" \'too\' ]]>');
  });
});

describe('what is refused', () => {
  test.each<[string, string, number | null, RegExp]>([
    ['empty', 'not-xml', null, /empty/],
    ['archive', 'not-xml', null, /ZIP archive/],
    ['picture', 'not-xml', null, /picture/],
    ['json', 'not-xml', null, /JSON/],
    ['text', 'not-xml', 1, /does not begin as XML/],
    ['page', 'not-bpmn', 1, /web page/],
    ['picture-svg', 'not-bpmn', 2, /SVG/],
    ['decision', 'not-bpmn', 2, /DMN/],
    ['drawing', 'not-bpmn', 1, /draw\.io/],
    ['no-namespace', 'not-bpmn', 1, /no namespace/],
    ['truncated', 'not-xml', 4, /ends in the middle of a tag/],
    ['mismatch', 'not-xml', 5, /<\/process> closes <task>, which was opened in line 4/],
    ['entity', 'not-xml', 4, /"&nbsp;" is not known/],
    ['control', 'not-xml', 3, /"&#0;".*"name" of <process>/],
    ['twice', 'not-xml', 3, /"name" twice/],
    ['bomb', 'unsafe-xml', 2, /DOCTYPE/],
    ['external', 'unsafe-xml', 2, /DOCTYPE/],
  ])('BPMN-32 %s: %s, line %s', (name, refused, line, detail) => {
    const refusal = refusalOf(bytesOf(`refused/${name}.bpmn`));
    expect(refusal).toMatchObject({ refused, line });
    expect(refusal.detail).toMatch(detail);
  });

  test.each<[string, string, RegExp]>([
    ['a file cut off between tags', '<a>\n<b>\n</b>', /ends before <a> of line 1 is closed.*cut off/],
    ['a comment without end', '<a><!-- x', /comment begins here/],
    ['a CDATA without end', '<a><![CDATA[ x', /CDATA/],
    ['an instruction without end', '<?x', /instruction/],
    ['text after the end', '<a/>x', /after the end/],
    ['a second root', '<a/><b/>', /second root/],
    ['a closing tag alone', '</a>', /closes nothing/],
    ['a lone ampersand', '<a>b & c</a>', /"&" stands by itself/],
    ['a value without quotes', '<a b=c/>', /attributes of <a>/],
    ['a value with a tag in it', '<a b="<"/>', /attributes of <a>/],
    ['attributes without space', '<a b="1"c="2"/>', /attributes of <a>/],
    ['a tag that is none', '<1a/>', /does not begin an element/],
    ['a name that is none', '<a 1b=""/>', /no name of an attribute/],
    ['a surrogate by number', '<a>&#xD800;</a>', /no character/],
    ['a bell', '<a>\u0007</a>', /U\+0007/],
    ['no element', '  ', /does not begin|without any XML/],
  ])('BPMN-33 %s is not well-formed', (_what, text, detail) => {
    const refusal = refusalOf(text);
    expect(refusal.refused).toBe('not-xml');
    expect(refusal.detail).toMatch(detail);
  });

  test('BPMN-34 too many bytes, elements or levels are refused before anything is built of them', () => {
    expect(refusalOf(Buffer.alloc(maxFileBytes + 1, 32)).refused).toBe('too-large');
    expect(refusalOf(around('<task/>'.repeat(maxElements)))).toMatchObject({ refused: 'too-large', line: 1 });
    const deep = (levels: number) => around('<subProcess>'.repeat(levels) + '</subProcess>'.repeat(levels));
    expect(refusalOf(deep(100_000)).refused).toBe('too-large');
    expect(readable(deep(maxDepth - 2)).report.elements).toBe(maxDepth);
  });

  test('BPMN-34 a file of 5 MB is read whole', async () => {
    const task = (n: number) =>
      `<task id="Task_${n}" name="${'step '.repeat(40)}${n}"><documentation>${'words '.repeat(50)}</documentation></task>\n`;
    const text = around(Array.from({ length: 9_000 }, (_, n) => task(n)).join(''));
    expect(text.length).toBeGreaterThan(5_000_000);
    const { report, xml } = readable(text);
    expect(report).toMatchObject({ elements: 18_002, counts: { kept: 0, changed: 0, lost: 0 } });
    expect((await new BpmnModdle().fromXML(xml)).warnings).toEqual([]);
  });
});

describe('ids and references', () => {
  test('BPMN-35 illegal ids get a legal one, and every reference follows', async () => {
    const file = hard('illegal-ids');
    expect(file.report.renamed).toMatchObject({
      '1-message': '_1-message',
      'Start 1': 'Start_1',
      Prüfung: 'Pr_fung',
      '3': '_3',
    });
    const { warnings, notes, elementsById, written } = await throughModdle(file);
    expect([warnings, notes]).toEqual([[], []]);
    expect(elementsById._8f).toMatchObject({ sourceRef: elementsById.Pr_fung, targetRef: elementsById._3 });
    expect(elementsById.Pr_fung?.default).toBe(elementsById._8f);
    expect(written.match(/bpmnElement=/g)).toHaveLength(6);
  });

  test('BPMN-36 the first of several with one id keeps it; references go to the one that fits and is near', async () => {
    const file = hard('duplicate-ids');
    const { warnings, notes, elementsById: by } = await throughModdle(file);
    expect([warnings, notes]).toEqual([[], []]);
    expect(by.F).toMatchObject({ sourceRef: by.A, targetRef: by.B });
    expect(by.F_2).toMatchObject({ sourceRef: by.A_2, targetRef: by.B_2 });
    expect([by.A?.name, by.A_2?.name, by.B_2?.name]).toEqual(['first start', 'second start', 'second task']);
    expect(by.A_3).toMatchObject({ $type: 'bpmndi:BPMNShape', bpmnElement: by.A });
    expect(by.F_3).toMatchObject({ $type: 'bpmndi:BPMNEdge', bpmnElement: by.F });
    expect(notesOf(file).every(([code, fate]) => code === 'id-duplicate' && fate === 'changed')).toBe(true);
  });

  test('BPMN-35 a new id never is one that the file has', async () => {
    const file = readable(
      around('<task id="1"/><task id="_1"/><task id="_1_2"/><task id="a b"/><task id="a_b"/>'),
    );
    expect(file.report.renamed).toEqual({ '1': '_1_3', 'a b': 'a_b_2' });
    expect((await throughModdle(file)).warnings).toEqual([]);
  });

  test('BPMN-36 a file in which everything has one id is read in one go', () => {
    const same = '<task id="A"/><sequenceFlow id="A" sourceRef="A" targetRef="A"/>'.repeat(10_000);
    const { report, xml } = readable(around(same));
    expect(report.counts.changed).toBe(19_999);
    expect(new Set(xml.match(/ id="A[^"]*"/g)).size).toBe(20_000);
  });

  test('BPMN-37 references with a prefix for the file itself, and with space around them, are found', async () => {
    const { warnings, elementsById: by } = await throughModdle(hard('prefixed-references'));
    expect(warnings).toEqual([]);
    expect(by.Flow_1).toMatchObject({ sourceRef: by.Start_1, targetRef: by.Task_1 });
    expect(by.Task_1?.incoming).toEqual([by.Flow_1]);
    expect(by.Flow_1_di?.bpmnElement).toBe(by.Flow_1);
  });

  test('BPMN-38 references to what is not in the file are noted', () => {
    const file = hard('unresolved');
    expect(
      file.report.notes.map(({ code, fate, detail }) => [code, fate, /“(.*)”/.exec(detail)?.[1]]),
    ).toEqual([
      ['reference-unresolved', 'kept', 'Flow_9'],
      ['reference-unresolved', 'kept', 'Flow_8'],
      ['reference-unresolved', 'kept', 'lib:Operation_7'],
      ['reference-unresolved', 'kept', 'Signal_x'],
    ]);
  });
});

describe('what moddle would drop', () => {
  test('BPMN-39 markup in a documentation is kept as text', async () => {
    const file = hard('html-documentation');
    const { notes, elementsById: by } = await throughModdle(file);
    expect(notes).toEqual([]);
    expect(by.Process_1?.documentation?.[0]?.text).toBe(
      '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Call the <b>customer</b> first.</p><!-- ask Ana --></body></html>',
    );
    expect(by.Task_1?.documentation?.[0]?.text).toBe('Plain <i>and</i> marked');
    expect(by.Note_1?.text).toBe('See <a href="https://example.com">there</a>');
    expect(notesOf(file)).toEqual([
      ['markup-as-text', 'changed', 4, 'Process_1'],
      ['markup-as-text', 'changed', 6, 'Task_1'],
      ['markup-as-text', 'changed', 8, 'Note_1'],
    ]);
  });

  test('BPMN-40 what other programs added is kept, where BPMN has no place for it too', async () => {
    const file = hard('vendor');
    const { notes, written } = await throughModdle(file);
    expect(notes).toEqual([]);
    expect(
      notesOf(
        readable(around('<extensionElements><x:a xmlns:x="urn:x">one<x:b/>two</x:a></extensionElements>')),
      ),
    ).toEqual([['text-first', 'changed', 1, 'P']]);
    expect(notesOf(file)).toEqual([
      ['moved-to-extensions', 'changed', 6, 'Task_1'],
      ['moved-to-extensions', 'changed', 13, 'Task_2'],
      ['moved-to-extensions', 'changed', 13, 'Task_2'],
      ['moved-to-extensions', 'changed', 17, 'Task_1_di'],
    ]);
    expect(written.match(/<bpmn:extensionElements>|<extensionElements>/g)).toHaveLength(3);
    expect(written).toContain('<di:extension>');
  });

  test('BPMN-41 a second plane becomes a diagram of its own', async () => {
    const file = hard('two-planes');
    const { notes, written } = await throughModdle(file);
    expect(notes).toEqual([]);
    expect(written.match(/<bpmndi:BPMNDiagram/g)).toHaveLength(2);
    expect(notesOf(file)).toEqual([['diagram-split', 'changed', 9, 'BPMNPlane_2']]);
  });

  test('BPMN-42 a prefix that stands for nothing gets something to stand for', async () => {
    const { notes, written } = await throughModdle(hard('unbound-prefix'));
    expect(notes).toEqual([]);
    expect(written).toContain('<tool:data value="1" />');
    expect(written).toContain('tool:mark="yes"');
  });

  test('BPMN-43 booleans and numbers that moddle would misread are put right, or noted as lost', async () => {
    const file = hard('values');
    const { notes, elementsById: by } = await throughModdle(file);
    expect(notes).toEqual([]);
    expect(by.Process_1?.isExecutable).toBe(true);
    expect(by.Task_1?.loopCharacteristics?.isSequential).toBe(true);
    expect(notesOf(file)).toEqual([
      ['value-corrected', 'changed', 3, 'Process_1'],
      ['attribute-lost', 'lost', 4, 'Task_1'],
      ['value-corrected', 'changed', 4, 'Task_1'],
      ['value-corrected', 'changed', 4, 'Task_1'],
    ]);
  });

  test('BPMN-44 comments and instructions are noted as lost, each with its words; CDATA is text', () => {
    expect(hard('comments').report).toMatchObject({
      counts: { lost: 5 },
      notes: [
        { line: 2, element: null, detail: expect.stringContaining('“before”') },
        { line: 3, code: 'instruction-lost' },
        { line: 5, element: { id: 'Definitions_1' }, detail: expect.stringContaining('“exported by hand”') },
        { line: 6, code: 'instruction-lost' },
        {
          line: 8,
          element: { id: 'Task_1', type: 'task', name: 'Ship' },
          detail: expect.stringContaining('ask Ana'),
        },
      ],
    });
    expect(notesOf(hard('cdata'))).toEqual([
      ['cdata-as-text', 'kept', 4, 'Task_1'],
      ['cdata-as-text', 'kept', 5, 'Task_2'],
    ]);
    expect(hard('cdata').xml).toContain('if (a &lt; b &amp;&amp; c &gt; d) { return "&lt;ok&gt;"; }');
  });

  test('BPMN-44 a report of very many notes counts them all and keeps those of losses', () => {
    const many = readable(
      around(`<!--a-->${'<documentation><![CDATA[x]]></documentation>'.repeat(maxNotes)}<!--z-->`),
    );
    expect(many.report.counts).toEqual({ kept: maxNotes, changed: 0, lost: 2 });
    expect(many.report.notes).toHaveLength(maxNotes);
    expect(many.report.notes.filter(({ fate }) => fate === 'lost')).toHaveLength(2);
  });
});

describe('comparison', () => {
  test('BPMN-45 what has no place is told element by element', async () => {
    const { notes } = await throughModdle(hard('misplaced'));
    expect(notes.map(({ code, line, element, detail }) => [code, line, element?.id, detail])).toEqual([
      ['element-lost', 3, 'Definitions_1', '<documentation> is left out: BPMN has no place for it here.'],
      ['text-lost', 4, 'Task_1', 'The text in <task>, “stray words”, is left out.'],
      ['element-lost', 4, 'P', '<participant> is left out: BPMN has no place for it here.'],
    ]);
  });

  test('BPMN-45 order of attributes, prefixes, defaults and number formats mean nothing; values and elements do', () => {
    const differences = (one: string, other: string) => {
      const [before, after] = [scanXml(one), scanXml(other)];
      if (isFileRefusal(before) || isFileRefusal(after)) throw new Error('not XML');
      return compareFiles(before.root, after.root, createGrammar(schema)).map(({ code }) => code);
    };
    const other = (content: string) =>
      around(content)
        .replaceAll(/<(\/?)(\w)/g, '<$1b:$2')
        .replace('xmlns=', 'xmlns:b=');
    expect(
      differences(around('<task name="a" id="T" startQuantity="1"/>'), other('<task id="T" name="a"/>')),
    ).toEqual([]);
    expect(differences(around('<task id="T" name="1.50"/>'), around('<task id="T" name="1.5"/>'))).toEqual(
      [],
    );
    expect(differences(around('<task id="T" name="a"/>'), around('<task id="T" name="b"/>'))).toEqual([
      'value-changed',
    ]);
    expect(differences(around('<task id="T" name="a"/>'), around('<task id="T"/>'))).toEqual([
      'attribute-lost',
    ]);
    expect(differences(around('<task id="T"/>'), around('<userTask id="T"/>'))).toEqual(['element-lost']);
    expect(
      differences(around('<task id="T"><documentation>x</documentation></task>'), around('<task id="T"/>')),
    ).toEqual(['element-lost']);
    expect(differences(around('<task id="T"/><task/>'), around('<task/><task id="T"/>'))).toEqual([]);
    expect(differences(around('<task id="T" startQuantity="2"/>'), around('<task id="T"/>'))).toEqual([
      'attribute-lost',
    ]);
  });

  test.each(readdirSync(new URL('reference/', fixtures)))(
    'BPMN-46 %s has nothing that reading changes',
    async (name) => {
      const file = readable(bytesOf(`reference/${name}`));
      expect([file.report.counts.changed, file.report.counts.lost]).toEqual([0, 0]);
      const { notes } = await throughModdle(file);
      const known: Record<string, string[]> = {
        'C.8.1.bpmn': ['retagged', 'retagged', 'retagged'],
      };
      expect(notes.map(({ code }) => code)).toEqual(known[name] ?? []);
    },
  );
});
