import type { DiagramElement } from '@tidemark/documents/diagram';
import { describe, expect, test } from 'vitest';
import { createModdle } from './moddle.ts';
import { toXml } from './to-xml.ts';

const none = { parent: null, property: null, values: new Map(), lists: new Map(), children: new Map() };

describe('export', () => {
  test('BPMN-4: attributes whose namespace is declared nowhere get one and stay', async () => {
    const elements = new Map<string, DiagramElement>([
      ['d', { ...none, type: 'bpmn:Definitions', children: new Map([['rootElements', ['p']]]) }],
      [
        'p',
        {
          ...none,
          type: 'bpmn:Process',
          parent: 'd',
          property: 'rootElements',
          values: new Map([
            ['@id', 'P'],
            ['~camunda:versionTag', '1'],
            ['~acme:note', 'x'],
            ['~here:note', 'y'],
            ['~xmlns:here', 'urn:here'],
          ]),
        },
      ],
    ]);
    const xml = await toXml({ root: 'd', elements });
    const { rootElement, warnings } = await createModdle().fromXML(xml);
    expect(warnings).toEqual([]);
    expect((rootElement.get('rootElements') as { $attrs: object }[])[0]?.$attrs).toEqual({
      'camunda:versionTag': '1',
      'acme:note': 'x',
      'here:note': 'y',
      'xmlns:here': 'urn:here',
    });
    expect(xml).toContain('xmlns:camunda="http://camunda.org/schema/1.0/bpmn"');
  });
});
