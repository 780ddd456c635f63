import type { DiagramCanvas } from '@tidemark/modeler';
import { type Box, type Point, service } from '../canvas/services.ts';
import type { Viewbox } from './state.ts';

/** How the plane lies behind the window: a point p of it is at `p * scale + offset`, pixels from the window's corner. */
export interface Lie {
  readonly scale: number;
  readonly offset: Point;
  readonly width: number;
  readonly height: number;
}

/**
 * What this screen shows of the plane, read from what is drawn: bpmn-js's own viewbox rounds the scale, which is some
 * pixels off far from the origin. Null while the canvas has no size.
 */
export function lieOf(canvas: DiagramCanvas): Lie | null {
  const container = service(canvas, 'canvas').getContainer();
  const matrix = container
    .querySelector<SVGGElement>('svg > g.viewport')
    ?.transform.baseVal.consolidate()?.matrix;
  const { clientWidth: width, clientHeight: height } = container;
  if (width <= 0 || height <= 0) return null;
  const { a: scale, e: x, f: y } = matrix ?? { a: 1, e: 0, f: 0 };
  return scale > 0 ? { scale, offset: { x, y }, width, height } : null;
}

export function boxOf({ scale, offset, width, height }: Lie): Box {
  return { x: -offset.x / scale, y: -offset.y / scale, width: width / scale, height: height / scale };
}

/** All of `box`, as large as it goes into a window of this size, in its middle. Proportions are the window's. */
export function fitted(box: Box, window: { readonly width: number; readonly height: number }): Box {
  const scale = Math.min(window.width / box.width, window.height / box.height);
  const [width, height] = [window.width / scale, window.height / scale];
  return {
    x: box.x + box.width / 2 - width / 2,
    y: box.y + box.height / 2 - height / 2,
    width,
    height,
  };
}

/** Pixels by which two views may differ and be one. */
const tolerance = 1.5;

const isSame = (a: Box, b: Box, scale: number): boolean =>
  (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(a[side] - b[side]) * scale <= tolerance);

/** Time in which a follower's view glides on, milliseconds: a little more than between two states of the other. */
const glide = 90;

/** What this screen looks at: of its own, or after somebody. */
export interface Sight {
  /** What others are told. While it follows, what it follows: two who follow each other would widen it without end. */
  seen(): Viewbox | null;
  /** Shows what somebody else sees, fitted into this window. */
  show(box: Viewbox, motion: 'smooth' | 'instant'): void;
  /** To be called when the view has changed. True when it was not by `show`. */
  isMovedByHand(): boolean;
  /** Fits again what is followed, in a window of another size. */
  refit(): void;
  stop(): void;
}

export function createSight(canvas: DiagramCanvas): Sight {
  const view = service(canvas, 'canvas');
  let followed: Viewbox | null = null;
  /** Where the last step of `show` went. */
  let set: Box | null = null;
  let frame = 0;
  let isSetting = false;

  const put = (box: Box) => {
    isSetting = true;
    set = box;
    view.viewbox(box);
    isSetting = false;
  };
  const present = () => {
    const lie = lieOf(canvas);
    return lie && { lie, box: boxOf(lie) };
  };
  const go = (to: Box, motion: 'smooth' | 'instant') => {
    cancelAnimationFrame(frame);
    const from = present()?.box;
    if (!from || motion === 'instant') return put(to);
    const began = performance.now();
    const step = () => {
      const part = Math.min(1, (performance.now() - began) / glide);
      put(between(from, to, part));
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  };

  return {
    seen() {
      const now = present();
      const plane = canvas.shownPlane();
      if (!now || plane === null) return null;
      if (followed?.plane === plane && set && isSame(now.box, set, now.lie.scale)) return followed;
      return { ...now.box, plane };
    },
    show(box, motion) {
      followed = box;
      const isThere = canvas.shownPlane() === box.plane;
      const arrive = (how: 'smooth' | 'instant') => {
        const now = present();
        if (now && followed === box) go(fitted(box, now.lie), how);
      };
      if (isThere) return arrive(motion);
      cancelAnimationFrame(frame);
      isSetting = true;
      // A plane that is not here yet comes with the document; until then this screen stays where it is.
      void canvas
        .showPlane(box.plane)
        .then((isShown) => isShown && arrive('instant'))
        .finally(() => {
          isSetting = false;
        });
    },
    isMovedByHand() {
      const now = present();
      if (isSetting || !now || !set || !followed) return false;
      return !isSame(now.box, set, now.lie.scale);
    },
    refit() {
      const now = present();
      if (now && followed && set && followed.plane === canvas.shownPlane())
        go(fitted(followed, now.lie), 'instant');
    },
    stop() {
      cancelAnimationFrame(frame);
      followed = null;
      set = null;
    },
  };
}

function between(from: Box, to: Box, part: number): Box {
  const at = (side: keyof Box) => from[side] + (to[side] - from[side]) * part;
  return { x: at('x'), y: at('y'), width: at('width'), height: at('height') };
}
