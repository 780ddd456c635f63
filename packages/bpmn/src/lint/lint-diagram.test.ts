import { readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';
import config from 'bpmnlint/config/recommended.js';
import { expect, test } from 'vitest';
import { lintDiagram } from './lint-diagram.ts';
import { recommended } from './recommended.ts';

const open = async (xml: string) => (await new BpmnModdle().fromXML(xml)).rootElement;
const reference = (name: string) =>
  readFileSync(new URL(`../../fixtures/reference/${name}.bpmn`, import.meta.url), 'utf8');

test('BPMN-52 the rules are those that bpmnlint recommends, with their weights', async () => {
  const ours = Object.entries(recommended).map(([name, [, severity]]) => [name, severity]);
  expect(Object.fromEntries(ours)).toEqual(
    Object.fromEntries(
      Object.entries(config.rules).map(([name, as]) => [name, as === 'warn' ? 'warning' : as]),
    ),
  );
});

test('BPMN-52 a finding names the record, the rule, its weight and what is wrong', async () => {
  const definitions = await open(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
    <process id="P"><task id="T" /><task id="U" name="named" /></process></definitions>`);
  const findings = lintDiagram({
    definitions,
    keyOf: ({ id }: { id?: string }) => (id ? `key of ${id}` : null),
  });
  expect(findings).toContainEqual({
    key: 'key of T',
    rule: 'label-required',
    severity: 'error',
    message: 'Element is missing label/name',
  });
  expect(findings).toContainEqual({
    key: 'key of P',
    rule: 'start-event-required',
    severity: 'error',
    message: 'Process is missing start event',
  });
  expect(findings.some(({ key, rule }) => key === 'key of U' && rule === 'label-required')).toBe(false);
});

test('BPMN-52 a sound diagram has none, and a record is not blamed twice for one thing', async () => {
  const keyOf = ({ id }: { id?: string }) => id;
  expect(lintDiagram({ definitions: await open(reference('A.1.0')), keyOf })).toEqual([]);
  const findings = lintDiagram({ definitions: await open(reference('B.1.0')), keyOf });
  expect(findings.length).toBeGreaterThan(5);
  expect(new Set(findings.map((finding) => JSON.stringify(finding))).size).toBe(findings.length);
});

test('BPMN-52 asked again, the rules find the same: none remembers the last time', async () => {
  const keyOf = ({ id }: { id?: string }) => id;
  const definitions = await open(reference('B.1.0'));
  expect(lintDiagram({ definitions, keyOf })).toEqual(lintDiagram({ definitions, keyOf }));
});
