import type { LintFinding } from '@tidemark/bpmn';
import type { DiagramElement } from '@tidemark/documents/diagram';
import { expect, test } from 'vitest';
import { problemsOf } from './problem.ts';

const element = (type: string, name: string): DiagramElement => ({
  type,
  parent: 'p',
  property: 'flowElements',
  values: new Map(name ? [['@name', name]] : []),
  lists: new Map(),
  children: new Map(),
});

test('errors come before warnings, in the words of people, about what has a name here', () => {
  const elements = new Map([
    ['a', element('bpmn:UserTask', 'Pay')],
    ['b', element('bpmn:EndEvent', '')],
  ]);
  const lint: LintFinding[] = [
    { key: 'a', rule: 'superfluous-gateway', severity: 'warning', message: 'Gateway is superfluous.' },
    { key: 'b', rule: 'label-required', severity: 'error', message: 'Element is missing label/name' },
    { key: null, rule: 'global', severity: 'error', message: 'Something new' },
  ];
  const hidden = {
    code: 'dangling',
    collection: 'el',
    id: 'gone',
    register: null,
    detail: 'A flow with one end.',
  } as const;
  expect(
    problemsOf(elements, lint, [hidden]).map(({ key, severity, about, message }) => [
      key,
      severity,
      about,
      message,
    ]),
  ).toEqual([
    ['b', 'error', 'End event', 'It has no name.'],
    [null, 'error', 'Diagram', 'Something new.'],
    ['a', 'warning', 'Pay (user task)', 'The gateway neither joins nor splits.'],
    [null, 'warning', 'Diagram', 'A flow with one end.'],
  ]);
});
