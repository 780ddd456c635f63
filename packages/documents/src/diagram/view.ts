import { readFields } from '../records/fields.ts';
import { compareFindings, type Finding } from '../records/finding.ts';
import type { Kind } from '../records/reader.ts';
import type { Values } from '../records/register.ts';
import type { RecordState, State } from '../records/state.ts';
import type { Elements } from './element.ts';
import { createPicture, type Picture } from './picture.ts';
import { diagramSchema, metaRegisters } from './schema.ts';

export interface DiagramView {
  readonly meta: Pick<Values<typeof metaRegisters>, 'title' | 'schemaVersion'>;
  /** Key of the bpmn:Definitions; null when there is none. */
  readonly root: string | null;
  /** All that shows, by key; what did not change is the same object as before. */
  readonly elements: Elements;
  readonly findings: readonly Finding[];
}

export const diagram: Kind<DiagramView> = { schema: diagramSchema, view };

const nothing: RecordState = new Map();
/** What a view was made with. It is brought on to the next view, and so is there once. */
const pictures = new WeakMap<DiagramView, Picture>();

function view(state: State, findings: readonly Finding[], previous: DiagramView | null): DiagramView {
  const found: Finding[] = [...findings];
  const meta = readFields(state.meta?.get('meta') ?? nothing, metaRegisters, {
    collection: 'meta',
    id: 'meta',
    report: (finding) => found.push(finding),
  });
  const picture = (previous === null ? undefined : pictures.get(previous)) ?? createPicture();
  if (previous !== null) pictures.delete(previous);
  const { root, elements } = picture.update(state, meta.root);
  found.push(...picture.findings(), ...schemaFindings(meta.schemaVersion));
  const { title, schemaVersion } = meta;
  const sameMeta = previous?.meta.title === title && previous.meta.schemaVersion === schemaVersion;
  const next: DiagramView = {
    meta: sameMeta ? previous.meta : { title, schemaVersion },
    root,
    elements,
    findings: found.sort(compareFindings),
  };
  pictures.set(next, picture);
  return next;
}

function schemaFindings(version: number): Finding[] {
  const finding = (code: Finding['code'], detail: string): Finding[] => [
    { code, collection: 'meta', id: 'meta', register: 'schemaVersion', detail },
  ];
  if (version === 0) return finding('not-seeded', 'This document was not set up yet.');
  if (version <= diagramSchema.version) return [];
  return finding('newer-schema', 'A newer version wrote this; what that added is kept but not shown.');
}
