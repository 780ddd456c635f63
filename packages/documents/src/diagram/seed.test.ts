import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { kinds } from '../kinds.ts';
import { createReader } from '../records/reader.ts';
import { diagram } from './view.ts';

test('a new diagram begins with a start event that is drawn', () => {
  const doc = new Y.Doc();
  kinds.diagram.seed(doc, 'Orders');
  const { elements, root, meta, findings } = createReader(doc, diagram).view();
  expect(meta.title).toBe('Orders');
  expect(findings).toEqual([]);
  expect(elements.get(root!)?.type).toBe('bpmn:Definitions');
  expect(elements.get('start')).toMatchObject({ type: 'bpmn:StartEvent', parent: 'process' });
  const shape = elements.get('start-shape');
  expect(shape).toMatchObject({ parent: 'diagram/plane', property: 'planeElement' });
  expect(shape?.values.get('&bpmnElement')).toBe('start');
  expect(shape?.values.get('$bounds')).toEqual({ x: 180, y: 160, width: 36, height: 36 });
});

test('two servers that seed one document at once seed it once', () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  kinds.diagram.seed(a, '');
  kinds.diagram.seed(b, '');
  expect(Y.encodeStateAsUpdate(a)).toEqual(Y.encodeStateAsUpdate(b));
});
