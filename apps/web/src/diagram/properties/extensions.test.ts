import { createModdle } from '@tidemark/bpmn';
import { expect, test } from 'vitest';
import type { ModdleObject } from '../tools/elements.ts';
import { asXml, otherExtensions, preferredPrefix, propertyTables, tableObject } from './extensions.ts';

interface Maker {
  create(type: string, properties?: Record<string, unknown>): ModdleObject;
  createAny(type: string, uri: string, properties?: Record<string, unknown>): ModdleObject;
}

const moddle = createModdle() as unknown as Maker;
const any: Maker['createAny'] = (type, uri, properties) => moddle.createAny(type, uri, properties);

test('a table is read as it was written, and everything else stays apart', () => {
  const rows = [
    { name: 'retries', value: '3' },
    { name: 'empty', value: '' },
  ];
  const scale = any('acme:scale', 'http://acme.example', {
    unit: 'kg',
    $children: [any('acme:limit', 'http://acme.example', { $body: '30' })],
  });
  const extensions = moddle.create('bpmn:ExtensionElements', {
    values: [tableObject('zeebe', rows, any), scale],
  });
  expect(propertyTables(extensions)).toMatchObject([{ prefix: 'zeebe', rows }]);
  expect(otherExtensions(extensions)).toEqual([scale]);
  expect(asXml(scale)).toBe('<acme:scale unit="kg">\n  <acme:limit>\n    30\n  </acme:limit>\n</acme:scale>');
});

test('new tables speak the language of the file', () => {
  const definitions = (attributes: Record<string, string>) => moddle.create('bpmn:Definitions', attributes);
  expect(preferredPrefix(definitions({ 'xmlns:c7': 'http://camunda.org/schema/1.0/bpmn' }))).toBe('camunda');
  expect(preferredPrefix(definitions({ 'xmlns:zeebe': 'http://camunda.org/schema/zeebe/1.0' }))).toBe(
    'zeebe',
  );
  expect(preferredPrefix(definitions({}))).toBe('zeebe');
  expect(preferredPrefix(null)).toBe('zeebe');
});
