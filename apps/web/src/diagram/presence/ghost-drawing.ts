import { cornerOf, pathOf } from './contour.ts';
import type { Ghosts } from './ghosts.ts';
import type { Scene } from './layer.ts';
import { colourVariable, createPool, drawing, element, shownName } from './nodes.ts';
import css from './presence.module.css';

/** What others have in hand: transparent outlines that move with it. */
export function createGhostDrawing(
  plane: HTMLElement,
  me: string,
  ghosts: Ghosts,
): { draw(scene: Scene): void } {
  const drawn = new WeakMap<Element, string>();
  const pool = createPool(plane, (peer) => {
    const node = element('div', css.ghost);
    node.dataset.ghostOf = peer.user.id;
    node.dataset.name = peer.user.name;
    colourVariable(node, peer.user.id);
    node.append(drawing('svg', css.drawing), element('span', css.name));
    return node;
  });
  return {
    draw({ peers, lie: { scale } }) {
      const shown = new Set<number>();
      for (const peer of peers) {
        const ghost = ghosts.of(peer.clientId);
        const [first] = ghost?.contours ?? [];
        if (!ghost || !first) continue;
        shown.add(peer.clientId);
        const node = pool.of(peer);
        node.style.transform = `translate(${ghost.dx * scale}px, ${ghost.dy * scale}px)`;
        // The pointer that carries it has the name already.
        const name = node.querySelector('span');
        if (name) name.textContent = shownName(peer, me, scale);
        if (name) name.hidden = peer.cursor !== null && !peer.away;
        const shape = ghost.contours.map((contour) => pathOf(contour, scale, 0)).join('');
        if (drawn.get(node) === shape) continue;
        drawn.set(node, shape);
        const path = drawing('path');
        path.setAttribute('d', shape);
        path.toggleAttribute('data-line', first.form === 'line');
        node.querySelector('svg')?.replaceChildren(path);
        const { x, y } = cornerOf(first);
        if (name)
          name.style.transform = `translate(${x * scale}px, ${y * scale}px) translateY(-100%) translateY(-4px)`;
      }
      pool.drop((clientId) => shown.has(clientId));
    },
  };
}
