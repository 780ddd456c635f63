/** The parts of bpmnlint that are used; it has no types of its own. */
declare module 'bpmnlint/lib/test-rule.js' {
  interface Rule {
    readonly check: unknown;
    readonly meta?: { readonly documentation?: { readonly url?: string } };
  }
  interface Report {
    /** Of the element; some rules report about one that has none. */
    readonly id?: string;
    readonly message: string;
  }
  const testRule: (run: { readonly moddleRoot: object; readonly rule: Rule }) => Report[];

  export type { Report, Rule };
  export default testRule;
}

declare module 'bpmnlint/rules/*' {
  import type { Rule } from 'bpmnlint/lib/test-rule.js';

  const createRule: (config?: object) => Rule;
  export default createRule;
}

declare module 'bpmnlint/config/recommended.js' {
  const config: { readonly rules: Readonly<Record<string, string>> };
  export default config;
}
