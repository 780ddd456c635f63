declare module 'bpmn-moddle' {
  import type { Schema } from './file/grammar.ts';

  /** A moddle element: properties by name, of what type the schema says. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  type Element = any;
  export class BpmnModdle implements Schema {
    constructor(packages?: Readonly<Record<string, unknown>>);
    getPackage: Schema['getPackage'];
    getPackages: Schema['getPackages'];
    getType: Schema['getType'];
    fromXML(xml: string): Promise<{
      rootElement: Element;
      warnings: readonly { message: string }[];
      elementsById: Record<string, Element>;
    }>;
    toXML(root: Element, options?: { format?: boolean }): Promise<{ xml: string }>;
  }
}
