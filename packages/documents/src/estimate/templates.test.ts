import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { kinds } from '../kinds.ts';
import { estimateTemplates } from './index.ts';

function contentOf(fill: (doc: Y.Doc) => void) {
  const doc = new Y.Doc();
  kinds.estimate.seed(doc, 'Maple Street');
  fill(doc);
  expect(kinds.estimate.check(doc)).toEqual([]);
  return JSON.parse(
    JSON.stringify(kinds.estimate.content(doc), (key, value) =>
      ['id', 'order', 'group'].includes(key) ? undefined : value,
    ),
  );
}

test.each(estimateTemplates.map((template) => [template.id, template] as const))(
  'EST-26: %s fills a new estimate without findings, the same every time, and keeps its title',
  (id, { fill, name, description }) => {
    const content = contentOf(fill);
    expect(contentOf(fill)).toEqual(content);
    expect(content.meta).toMatchObject({ title: 'Maple Street', status: { is: 'draft' } });
    expect([name, description]).not.toContain('');
    if (id === 'blank') return;
    const lines = content.sections.flatMap((section: { lines: unknown[] }) => section.lines);
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      expect(Math.min(line.qty, line.unitCost)).toBeGreaterThan(0);
      expect([line.name, line.unit]).not.toContain('');
    }
    expect(lines.some(({ optional }: { optional: boolean }) => optional)).toBe(true);
    expect(content.risks.length).toBeGreaterThan(5);
    for (const risk of content.risks) {
      expect(risk.low).toBeLessThan(risk.high);
      expect(risk.mitigatedProbBp).toBeLessThan(risk.probBp);
      expect(risk.mitigatedHigh).toBeLessThanOrEqual(risk.high);
    }
    expect(content.terms).toContain('Payment.');
    expect(content.scope).not.toBe('');
  },
);

test('EST-26: ids and names of templates are their own', () => {
  for (const name of ['id', 'name'] as const) {
    expect(new Set(estimateTemplates.map((template) => template[name])).size).toBe(estimateTemplates.length);
  }
});
