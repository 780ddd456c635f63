import type { Scene } from './layer.ts';
import { colourVariable, createPool, drawing, element, shownName } from './nodes.ts';
import css from './presence.module.css';
import type { DiagramPeer } from './state.ts';

const arrow = 'M1.5 1.5v16l4.2-4 3.3 7.2 3.2-1.4-3.3-7.1h5.8z';

/** Others' pointers with their names; they glide from place to place. */
export function createCursors(plane: HTMLElement, me: string): { draw(scene: Scene): void } {
  const pool = createPool(plane, cursorOf);
  return {
    draw({ peers, lie: { scale } }) {
      const shown = new Set<number>();
      for (const peer of peers) {
        if (!peer.cursor || peer.away) continue;
        shown.add(peer.clientId);
        const { x, y } = peer.cursor;
        const node = pool.of(peer);
        node.style.transform = `translate(${x * scale}px, ${y * scale}px)`;
        const name = shownName(peer, me, scale);
        if (node.lastChild && node.lastChild.textContent !== name) node.lastChild.textContent = name;
      }
      pool.drop((clientId) => shown.has(clientId));
    },
  };
}

function cursorOf({ user }: DiagramPeer): HTMLElement {
  const node = element('div', css.cursor);
  node.dataset.cursorOf = user.id;
  node.dataset.name = user.name;
  colourVariable(node, user.id);
  const picture = drawing('svg');
  for (const [key, value] of Object.entries({ width: 18, height: 22, viewBox: '0 0 18 22' })) {
    picture.setAttribute(key, String(value));
  }
  const path = drawing('path');
  path.setAttribute('d', arrow);
  picture.append(path);
  node.append(picture, element('span', css.name));
  return node;
}
