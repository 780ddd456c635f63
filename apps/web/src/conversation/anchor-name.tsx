import { useTalk } from './context.ts';
import css from './conversation.module.css';
import type { Anchor } from './wire.ts';

const thing: Partial<Record<string, string>> = {
  element: 'an element',
  chart: 'a chart',
  line: 'a line',
  section: 'a section',
  risk: 'a risk',
};

/** What a thread is about: as it is called now, or that it is gone. Nothing for one about the whole document. */
export function AnchorName({ anchor }: { anchor: Anchor | null }) {
  const { anchors } = useTalk();
  if (anchor === null) return null;
  const name = anchors.nameOf(anchor);
  if (name !== null) return <span className={css.anchor}>{name}</span>;
  return (
    <span className={css.anchor} data-gone>
      On {thing[anchor.kind] ?? 'something'} that was removed{anchor.label && `: ${anchor.label}`}
    </span>
  );
}
