import { typeOf as typeNamed } from './grammar.ts';
import { isOutside, keyOfOnly } from './key.ts';
import type { RawElement } from './raw.ts';

/**
 * What can't stand alone. Each rule says on which others an element depends, and whether it stands when it is
 * known who does. Rules only ever take away, so the largest set of elements that all stand is one and the same,
 * in whatever order it is looked for.
 */
interface Rule {
  /** Keys whose standing this element's own depends on. */
  needs(element: RawElement): readonly string[];
  /** Whether it has by itself what it can't be without. */
  isWhole?(element: RawElement): boolean;
  /** Null when it stands, else why not. */
  fails(element: RawElement, stands: (key: string) => boolean, typeOf: TypeOf): string | null;
}

type TypeOf = (key: string) => string | undefined;

/** Both named ends must be there. */
const bothEnds = references(['&sourceRef', '&targetRef'], 'What this flow connects is gone.');
const drawn = references(['&bpmnElement'], 'What this draws is gone.');
/** One reason for two causes: which of them is found first is chance. */
export const edgeHangsLoose = 'What this draws, or what that hangs on, is not on this page.';

/** A map, since a type is whatever somebody wrote: 'toString' too. */
const rules: ReadonlyMap<string, Rule> = new Map(
  Object.entries<Rule>({
    'bpmn:SequenceFlow': bothEnds,
    'bpmn:MessageFlow': bothEnds,
    'bpmn:Association': bothEnds,
    'bpmn:BoundaryEvent': references(['&attachedToRef'], 'The activity this event was on is gone.'),
    'bpmn:DataOutputAssociation': references(['&targetRef'], 'The data this writes to is gone.'),
    'bpmn:DataInputAssociation': {
      needs: (element) => (element.lists.get('sourceRef') ?? []).filter((target) => !isOutside(target)),
      fails(element, stands) {
        const sources = element.lists.get('sourceRef') ?? [];
        if (sources.length === 0 || sources.some((source) => isOutside(source) || stands(source)))
          return null;
        return 'The data this reads from is gone.';
      },
    },
    'bpmndi:BPMNShape': {
      ...references(['&bpmnElement'], edgeHangsLoose),
      isWhole: (element) => element.values.has('$bounds'),
    },
    'bpmndi:BPMNEdge': {
      ...references(['&bpmnElement'], edgeHangsLoose),
      isWhole: (element) => {
        const points = element.values.get('$waypoint');
        return Array.isArray(points) && points.length > 1;
      },
    },
    'bpmndi:BPMNPlane': {
      ...drawn,
      fails(element, stands, typeOf) {
        const why = drawn.fails(element, stands, typeOf);
        const subject = element.values.get('&bpmnElement');
        if (why !== null || typeof subject !== 'string' || isOutside(subject)) return why;
        return hasPage(typeOf(subject)) ? null : 'What this diagram shows can have no diagram of its own.';
      },
    },
    // A diagram without its plane can't be opened.
    'bpmndi:BPMNDiagram': {
      needs: (element) => [keyOfOnly(element.key, 'plane')],
      fails: (element, stands) =>
        stands(keyOfOnly(element.key, 'plane')) ? null : 'What this diagram shows is gone.',
    },
  }),
);

const free: readonly string[] = [];

export function needsOf(element: RawElement): readonly string[] {
  return rules.get(element.type)?.needs(element) ?? free;
}

export function failureOf(
  element: RawElement,
  stands: (key: string) => boolean,
  typeOf: TypeOf,
): string | null {
  if (!isWhole(element)) return 'This says not where it is drawn.';
  return rules.get(element.type)?.fails(element, stands, typeOf) ?? null;
}

/** A subprocess with a page of its own can be made a task, which has none; no editor opens such a file. */
function hasPage(type: string | undefined): boolean {
  const kinds = type === undefined ? undefined : typeNamed(type)?.kinds;
  return kinds !== undefined && pages.some((kind) => kinds.has(kind));
}

const pages = ['bpmn:FlowElementsContainer', 'bpmn:Collaboration'];

export function isWhole(element: RawElement): boolean {
  return rules.get(element.type)?.isWhole?.(element) ?? true;
}

function references(registers: readonly string[], why: string): Rule {
  const targets = (element: RawElement) =>
    registers
      .map((register) => element.values.get(register))
      .filter((target): target is string => typeof target === 'string' && !isOutside(target));
  return {
    needs: targets,
    fails: (element, stands) => (targets(element).every(stands) ? null : why),
  };
}
