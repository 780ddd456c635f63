import { useMemo, useState } from 'react';
import type { Anchors } from '../../conversation/context.ts';
import type { Anchor } from '../../conversation/wire.ts';
import { useDesk, useView } from '../context.ts';
import type { Target } from '../desk.ts';
import { createNames } from './names.ts';

const kinds = ['line', 'section', 'risk'] as const;
const kindOf = (name: string) => kinds.find((kind) => kind === name);

/** What threads of an estimate can be about: its lines, sections and risks. */
export function useEstimateAnchors(): Anchors {
  const [namesOf] = useState(createNames);
  const names = useView(namesOf);
  const { selection, view, risk, reveal } = useDesk();
  return useMemo(() => {
    const anchorOf = (kind: Target['kind'], id: string | null): Anchor | null => {
      const label = id === null ? undefined : names[kind].get(id);
      return id !== null && label !== undefined ? { kind, id, label } : null;
    };
    return {
      nameOf(anchor) {
        const kind = kindOf(anchor.kind);
        return (kind && names[kind].get(anchor.id)) ?? null;
      },
      show(anchor) {
        const kind = kindOf(anchor.kind);
        if (kind) reveal({ kind, id: anchor.id });
      },
      current() {
        if (view === 'risks') return anchorOf('risk', risk);
        const range = selection.get();
        if (range === null || range.anchor.line !== range.focus.line) return null;
        return anchorOf('line', range.focus.line) ?? anchorOf('section', range.focus.line);
      },
    };
  }, [names, selection, view, risk, reveal]);
}
