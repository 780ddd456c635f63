import type { Json } from '../records/json.ts';

/** One element of the BPMN tree, or of its drawing, as the view shows it. */
export interface DiagramElement {
  /** 'bpmn:UserTask'. */
  readonly type: string;
  /** Key of the owner; null for the root. */
  readonly parent: string | null;
  /** The owner's property that holds it: 'flowElements'. */
  readonly property: string | null;
  /**
   * Register → value: '@name' a plain property, '~ns:attr' an attribute that BPMN does not know, '#list' plain
   * values, '&sourceRef' key of another element or '?id', '$bounds', '$waypoint', '$font', 'g' an element of an
   * unknown namespace with all it contains.
   */
  readonly values: ReadonlyMap<string, Json>;
  /** References of which there can be many, by property: keys or '?id', in order. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** What it contains many of, by property: keys, in order. What it has one of is found by its key. */
  readonly children: ReadonlyMap<string, readonly string[]>;
}

export type Elements = ReadonlyMap<string, DiagramElement>;
