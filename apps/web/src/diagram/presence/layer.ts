import type { DiagramCanvas } from '@tidemark/modeler';
import { onCanvas, service } from '../canvas/services.ts';
import { contourOf } from './contour.ts';
import { createCursors } from './cursors.ts';
import { createEdgeHints } from './edge-hints.ts';
import { createGhostDrawing } from './ghost-drawing.ts';
import { createGhosts } from './ghosts.ts';
import { createMarks } from './marks.ts';
import { colourVariable, element } from './nodes.ts';
import css from './presence.module.css';
import { type Lie, lieOf } from './sight.ts';
import type { DiagramPeer } from './state.ts';

/** What a part of the layer draws from. */
export interface Scene {
  /** Screens that show the plane in sight. */
  readonly peers: readonly DiagramPeer[];
  readonly lie: Lie;
  /** Counts the states of the canvas. */
  readonly state: number;
}

export interface PresenceLayer {
  /** Asks for a drawing in the next frame. */
  readonly invite: () => void;
  /** Frames the canvas in the colour of whom one follows. */
  frame(userId: string | null): void;
  destroy(): void;
}

/**
 * The others over the canvas. It lies beside the drawing, not in it: no export or thumbnail has it, and its names are
 * of one size at every zoom. Panning moves one node; everything within is placed from the plane's origin.
 */
export function createLayer(
  canvas: DiagramCanvas,
  me: string,
  read: () => readonly DiagramPeer[],
): PresenceLayer {
  const container = service(canvas, 'canvas').getContainer();
  const layer = element('div', css.layer);
  layer.setAttribute('aria-hidden', 'true');
  layer.dataset.testid = 'presence';
  const plane = element('div', css.plane);
  const frame = element('div', css.frame);
  frame.hidden = true;
  layer.append(plane, frame);
  // Before all that one works with: palette, context pad, labels being written.
  container.querySelector(':scope > svg')?.after(layer);

  const contour = (key: string) => {
    const found = canvas.elementOf(key);
    const view = service(canvas, 'canvas');
    return found && view.findRoot(found) === view.getRootElement() ? contourOf(found) : null;
  };
  const ghosts = createGhosts(contour, () => performance.now());
  const parts = [
    createMarks(plane, me, contour),
    createGhostDrawing(plane, me, ghosts),
    createCursors(plane, me),
    createEdgeHints(layer, canvas),
  ];
  let request = 0;
  let state = 0;
  let scale = 0;

  const draw = () => {
    request = 0;
    const lie = lieOf(canvas);
    if (!lie) return;
    const all = read();
    for (const { clientId, drag } of all) ghosts.hold(clientId, drag);
    ghosts.keep(new Set(all.map(({ clientId }) => clientId)));
    const shown = canvas.shownPlane();
    const peers = all.filter(({ viewbox, cursor }) => shown !== null && (cursor ?? viewbox)?.plane === shown);
    plane.style.transform = `translate(${lie.offset.x}px, ${lie.offset.y}px)`;
    // What glides after a hand must not glide when the paper is zoomed.
    plane.toggleAttribute('data-still', lie.scale !== scale);
    scale = lie.scale;
    for (const part of parts) part.draw({ peers, lie, state });
    if (plane.hasAttribute('data-still') || ghosts.areSettling()) invite();
  };
  const invite = () => {
    request ||= requestAnimationFrame(draw);
  };
  const changed = () => {
    state += 1;
    ghosts.settle();
    invite();
  };
  const moved = ['canvas.viewbox.changed', 'canvas.resized'];
  const stops = [
    canvas.subscribe(changed),
    onCanvas(canvas, ['root.set', 'import.done'], changed),
    onCanvas(canvas, moved, invite),
  ];
  invite();

  return {
    invite,
    frame(userId) {
      frame.hidden = userId === null;
      if (userId !== null) colourVariable(frame, userId);
    },
    destroy() {
      cancelAnimationFrame(request);
      for (const stop of stops) stop();
      layer.remove();
    },
  };
}
