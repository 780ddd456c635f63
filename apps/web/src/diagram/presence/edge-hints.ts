import type { DiagramCanvas } from '@tidemark/modeler';
import { initials } from '@tidemark/ui';
import { type Point, service } from '../canvas/services.ts';
import type { Scene } from './layer.ts';
import { colourVariable, createPool, element } from './nodes.ts';
import css from './presence.module.css';
import type { Lie } from './sight.ts';

/** Palette, zoom and the mark of bpmn.io stand at the edges and stay free, pixels. */
const room = { left: 92, top: 28, right: 28, bottom: 72 };
const narrowRoom = { left: 24, top: 24, right: 24, bottom: 84 };

/**
 * Those who are at work outside of the window, at its edge in their direction; a click goes there. For the pointer
 * alone: from the keyboard one follows people by the list of them.
 */
export function createEdgeHints(layer: HTMLElement, canvas: DiagramCanvas): { draw(scene: Scene): void } {
  const places = new WeakMap<Element, Point>();
  const pool = createPool(layer, ({ user }) => {
    const node = element('button', css.hint, initials(user.name));
    node.type = 'button';
    node.tabIndex = -1;
    node.title = `Go to ${user.name}`;
    node.dataset.hintOf = user.id;
    colourVariable(node, user.id);
    node.addEventListener('click', () => {
      const place = places.get(node);
      if (place) centre(canvas, place);
    });
    return node;
  });
  return {
    draw({ peers, lie }) {
      const shown = new Set<number>();
      for (const peer of peers) {
        const edge = peer.cursor && !peer.away ? edgePoint(peer.cursor, lie) : null;
        if (!peer.cursor || !edge) continue;
        shown.add(peer.clientId);
        const node = pool.of(peer);
        places.set(node, peer.cursor);
        node.style.transform = `translate(${edge.x}px, ${edge.y}px)`;
        node.style.setProperty('--direction', `${edge.angle}rad`);
      }
      pool.drop((clientId) => shown.has(clientId));
    },
  };
}

/** Where on the edge of the window a point outside of it is told of, and in which direction; null when it is inside. */
export function edgePoint(
  point: Point,
  { scale, offset, width, height }: Lie,
): (Point & { angle: number }) | null {
  const x = point.x * scale + offset.x;
  const y = point.y * scale + offset.y;
  if (x >= 0 && y >= 0 && x <= width && y <= height) return null;
  const space = width < 700 ? narrowRoom : room;
  const within = (value: number, low: number, high: number) =>
    Math.max(low, Math.min(Math.max(low, high), value));
  const edge = {
    x: within(x, space.left, width - space.right),
    y: within(y, space.top, height - space.bottom),
  };
  return { ...edge, angle: Math.atan2(y - edge.y, x - edge.x) };
}

function centre(canvas: DiagramCanvas, { x, y }: Point): void {
  const view = service(canvas, 'canvas');
  const { width, height } = view.viewbox();
  view.viewbox({ x: x - width / 2, y: y - height / 2, width, height });
}
