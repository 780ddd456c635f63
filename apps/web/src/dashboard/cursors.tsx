import { useSession } from '../editor/context.ts';
import { usePeers } from '../editor/use-presence.ts';
import { colourOf } from '../shell/colour.ts';
import css from './cursors.module.css';
import { boxOf, type Geometry } from './geometry.ts';
import { dashboardPresence } from './presence.ts';

/** Others' pointers, and the tiles under their hands, over the grid. Decoration: said in words by the live region. */
export function Cursors({ geometry }: { geometry: Geometry }) {
  const { me } = useSession();
  const peers = usePeers(dashboardPresence);
  return (
    <div className={css.layer} aria-hidden="true" data-testid="cursors">
      {peers.map((peer) => {
        const colour = colourOf(peer.user.id);
        const name = peer.user.id === me.id ? `${peer.user.name} (you)` : peer.user.name;
        return (
          <div key={peer.clientId}>
            {peer.drag && geometry.columns === 12 && (
              <div className={css.ghost} style={{ ...boxOf(geometry, peer.drag), borderColor: colour }}>
                <span className={css.name} style={{ background: colour }}>
                  {name}
                </span>
              </div>
            )}
            {peer.cursor && !peer.away && (
              <div
                className={css.cursor}
                data-cursor-of={peer.user.id}
                style={{
                  transform: `translate(${(peer.cursor.x / 12) * geometry.width}px, ${peer.cursor.y}px)`,
                }}
              >
                <svg width="18" height="22" viewBox="0 0 18 22" aria-hidden="true">
                  <path
                    d="M1.500 1.500v16l4.200-4 3.300 7.200 3.200-1.400-3.300-7.100h5.800z"
                    fill={colour}
                    stroke="#fff"
                    strokeWidth="1.500"
                    strokeLinejoin="round"
                  />
                </svg>
                <span className={css.name} style={{ background: colour }}>
                  {name}
                </span>
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}
