import type { CSSProperties } from 'react';
import { colourOf } from '../../shell/colour.ts';
import { Frame } from './frame.tsx';
import css from './peers.module.css';
import { isInSight, type Sight } from './row-places.ts';
import type { Sheet } from './sheet.ts';
import { useNameOf, usePeerMarks } from './use-peers.ts';

/** The cells that others are at, in their colours, with their names. */
export function PeerMarks({ sheet, sight }: { sheet: Sheet; sight: Sight }) {
  const marks = usePeerMarks(sheet);
  const nameOf = useNameOf();
  return marks.map(({ peer, at, range }) => {
    if (!isInSight(range ?? at, sight)) return null;
    const style = { '--person': colourOf(peer.user.id) } as CSSProperties;
    return (
      <div key={peer.clientId} data-peer={peer.user.name}>
        {range && <Frame sheet={sheet} block={range} className={css.range} style={style} />}
        <Frame sheet={sheet} block={at} className={css.cell} style={style}>
          {/* In the first row there is no room above. */}
          <span className={css.name} data-below={at.top === 0 || undefined}>
            {nameOf(peer.user)}
            {peer.editing && (
              <span className={css.typing}>
                {' is typing'}
                <i />
                <i />
                <i />
              </span>
            )}
          </span>
        </Frame>
      </div>
    );
  });
}
