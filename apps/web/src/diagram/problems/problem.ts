import type { LintFinding } from '@tidemark/bpmn';
import type { Finding } from '@tidemark/documents/records';
import { type Elements, nameOf, typeWordsAt } from '../outline/elements-view.ts';
import { ruleWords } from './rule-words.ts';

/** One thing to look at. */
export interface Problem {
  readonly id: string;
  /** Key of the element; null: the diagram as a whole. */
  readonly key: string | null;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What it is about, in words. */
  readonly about: string;
}

/** What the rules of good diagrams say, and what the document's reader had to hide; errors first. */
export function problemsOf(
  elements: Elements,
  lint: readonly LintFinding[],
  findings: readonly Finding[],
): readonly Problem[] {
  const about = (key: string | null) => {
    if (key === null || !elements.has(key)) return 'Diagram';
    const words = typeWordsAt(elements, key);
    const name = nameOf(elements, key);
    return name ? `${name} (${words.toLowerCase()})` : words;
  };
  const linted = lint.map(
    ({ key, rule, severity, message }): Problem => ({
      id: `${rule} ${key} ${message}`,
      key,
      severity,
      message: ruleWords(rule, message),
      about: about(key),
    }),
  );
  const hidden = findings.map(
    (finding, index): Problem => ({
      id: `${finding.code} ${finding.id} ${index}`,
      key: finding.id !== null && elements.has(finding.id) ? finding.id : null,
      severity: 'warning',
      message: finding.detail,
      about: about(finding.id),
    }),
  );
  const all = [...linted, ...hidden];
  return [
    ...all.filter(({ severity }) => severity === 'error'),
    ...all.filter(({ severity }) => severity === 'warning'),
  ];
}
