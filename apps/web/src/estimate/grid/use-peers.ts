import { useSession } from '../../editor/context.ts';
import { usePresencePart } from '../../editor/use-presence.ts';
import { estimatePresence } from '../presence.ts';
import { useGrid } from './context.ts';
import { atCells, markOf, type PeerMark } from './peers.ts';
import type { Sheet } from './sheet.ts';

/** Where others are in the sheet, one's own other screens among them. */
export function usePeerMarks(sheet: Sheet): readonly PeerMark[] {
  const grid = useGrid();
  const peers = usePresencePart(estimatePresence, atCells);
  return peers.flatMap((peer) => markOf(grid, sheet, peer) ?? []);
}

/** How somebody is called on this screen. */
export function useNameOf(): (user: PeerMark['peer']['user']) => string {
  const { me } = useSession();
  return ({ id, name }) => (id === me.id ? `${name} (you)` : name);
}
