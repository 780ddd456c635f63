/// <reference path="./bpmnlint.d.ts" />
import testRule from 'bpmnlint/lib/test-rule.js';
import { recommended } from './recommended.ts';

export type LintRule = keyof typeof recommended;

export interface LintFinding {
  /** Of the record it is about; null: of the diagram as a whole. */
  readonly key: string | null;
  readonly rule: LintRule;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** A moddle element as far as it is walked here. */
interface Walked {
  readonly id?: string;
  readonly $descriptor: {
    readonly isGeneric?: boolean;
    readonly properties?: readonly { readonly name: string; readonly isReference?: boolean }[];
  };
}

/** What bpmnlint's recommended rules find in a diagram, in the order of rules and then of the diagram. */
export function lintDiagram<Element extends object>(built: {
  readonly definitions: Element;
  keyOf(element: Element): string | null | undefined;
}): readonly LintFinding[] {
  const ids = new Map<string, Element>();
  collect(built.definitions, ids);
  const findings: LintFinding[] = [];
  const seen = new Set<string>();
  for (const [name, [createRule, severity]] of Object.entries(recommended)) {
    for (const { id, message } of testRule({ moddleRoot: built.definitions, rule: createRule() })) {
      const element = id === undefined ? undefined : ids.get(id);
      const key = (element && built.keyOf(element)) ?? null;
      const same = `${name}\0${key}\0${message}`;
      if (seen.has(same)) continue;
      seen.add(same);
      findings.push({ key, rule: name as LintRule, severity, message });
    }
  }
  return findings;
}

/** Elements by id, without following references. */
function collect<Element extends object>(element: Element, ids: Map<string, Element>): void {
  const { id, $descriptor } = element as Element & Walked;
  if (typeof id === 'string' && !ids.has(id)) ids.set(id, element);
  for (const { name, isReference } of $descriptor.properties ?? []) {
    if (isReference) continue;
    const value = (element as Record<string, unknown>)[name];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && '$descriptor' in child)
        collect(child as Element, ids);
    }
  }
}
