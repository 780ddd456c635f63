import { initials } from '@tidemark/ui';
import { type Contour, cornerOf, pathOf } from './contour.ts';
import type { Scene } from './layer.ts';
import { colourVariable, drawing, element, shownName } from './nodes.ts';
import css from './presence.module.css';
import type { DiagramPeer } from './state.ts';

/** Room between a shape and the first outline around it, and between one outline and the next, pixels. */
const first = 5;
const step = 4;
/** Shapes narrower than this on the screen get initials, not names, pixels. */
const narrow = 64;

/** Outlines around what others have selected, with their names; "typing" where they write. */
export function createMarks(
  plane: HTMLElement,
  me: string,
  contourOf: (key: string) => Contour | null,
): { draw(scene: Scene): void } {
  const lines = drawing('svg', css.drawing);
  const tags = element('div', css.tags);
  plane.append(lines, tags);
  let drawn = '';
  return {
    draw({ peers, lie: { scale }, state }) {
      const marks = marksOf(peers);
      const signature = JSON.stringify([[...marks], scale, state], (_, value) =>
        typeof value === 'object' && value !== null && 'clientId' in value ? value.clientId : value,
      );
      if (signature === drawn) return;
      drawn = signature;
      lines.replaceChildren();
      tags.replaceChildren();
      const named = new Set<number>();
      for (const [key, owners] of marks) {
        const contour = contourOf(key);
        if (!contour) continue;
        for (const [at, { peer }] of owners.entries()) {
          const path = drawing('path');
          path.setAttribute('d', pathOf(contour, scale, contour.form === 'line' ? 0 : first + at * step));
          path.dataset.selectedBy = peer.user.id;
          path.dataset.key = key;
          path.style.strokeWidth = contour.form === 'line' ? '4' : '2';
          colourVariable(path, peer.user.id);
          lines.append(path);
        }
        tags.append(tagsOf(contour, scale, owners, me, named));
      }
    },
  };
}

interface Owner {
  readonly peer: DiagramPeer;
  readonly isTyping: boolean;
}

/** Who is at each element, each person once. */
function marksOf(peers: readonly DiagramPeer[]): ReadonlyMap<string, readonly Owner[]> {
  const marks = new Map<string, Owner[]>();
  for (const peer of peers) {
    for (const key of new Set([...(peer.editing === null ? [] : [peer.editing]), ...peer.selection])) {
      const owners = marks.get(key) ?? [];
      marks.set(key, owners);
      if (owners.some((owner) => owner.peer.user.id === peer.user.id)) continue;
      owners.push({ peer, isTyping: key === peer.editing });
    }
  }
  return marks;
}

/** The names of those who are at one element, side by side. Of many elements of one person the first bears the name. */
function tagsOf(
  contour: Contour,
  scale: number,
  owners: readonly Owner[],
  me: string,
  named: Set<number>,
): HTMLElement {
  const row = element('div', css.row);
  const { x, y } = cornerOf(contour);
  const away = contour.form === 'line' ? 0 : first + 1;
  row.style.transform = `translate(${x * scale - away}px, ${y * scale - away}px)`;
  const isNarrow = contour.form !== 'line' && contour.width * scale < narrow;
  for (const { peer, isTyping } of owners) {
    const isShort = !isTyping && (isNarrow || owners.length > 2 || named.has(peer.clientId));
    named.add(peer.clientId);
    const name = shownName(peer, me, scale);
    const tag = element('span', css.name, isShort ? initials(peer.user.name) : name);
    colourVariable(tag, peer.user.id);
    if (isTyping) tag.append(' is typing', dots());
    row.append(tag);
  }
  return row;
}

function dots(): HTMLElement {
  const node = element('span', css.dots);
  node.append(element('i', ''), element('i', ''), element('i', ''));
  return node;
}
