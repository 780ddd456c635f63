import type { Canvas, EventBus, Point } from './services.ts';

/** Smallest and largest zoom by hand: that of the wheel. */
const smallest = 0.2;
const largest = 4;

/** One finger moves the paper, two zoom it. What is tapped is selected by bpmn-js itself. */
class Touch {
  static $inject = ['eventBus', 'canvas'];
  readonly #canvas: Canvas;
  readonly #fingers = new Map<number, Point>();

  constructor(eventBus: EventBus, canvas: Canvas) {
    this.#canvas = canvas;
    eventBus.on('canvas.init', ({ svg }: { readonly svg: SVGSVGElement }) => {
      svg.addEventListener('pointerdown', this.#down);
      svg.addEventListener('pointermove', this.#move);
      for (const end of ['pointerup', 'pointercancel'] as const) svg.addEventListener(end, this.#up);
    });
  }

  readonly #down = (event: PointerEvent) => {
    if (event.pointerType === 'touch') this.#fingers.set(event.pointerId, pointOf(event));
  };

  readonly #up = (event: PointerEvent) => {
    this.#fingers.delete(event.pointerId);
  };

  readonly #move = (event: PointerEvent) => {
    const from = this.#fingers.get(event.pointerId);
    if (!from) return;
    const to = pointOf(event);
    const [other] = [...this.#fingers].flatMap(([id, point]) => (id === event.pointerId ? [] : [point]));
    this.#fingers.set(event.pointerId, to);
    if (other) this.#pinch(other, from, to);
    else this.#canvas.scroll({ dx: to.x - from.x, dy: to.y - from.y });
  };

  /** The point between the fingers stays between them. */
  #pinch(other: Point, from: Point, to: Point): void {
    const canvas = this.#canvas;
    const before = Math.hypot(from.x - other.x, from.y - other.y);
    const now = Math.hypot(to.x - other.x, to.y - other.y);
    if (before < 1 || now < 1) return;
    canvas.scroll({ dx: (to.x - from.x) / 2, dy: (to.y - from.y) / 2 });
    const { left, top } = canvas.getContainer().getBoundingClientRect();
    const centre = { x: (to.x + other.x) / 2 - left, y: (to.y + other.y) / 2 - top };
    const scale = Math.min(largest, Math.max(smallest, canvas.zoom() * (now / before)));
    canvas.zoom(scale, centre);
  }
}

const pointOf = ({ clientX, clientY }: PointerEvent): Point => ({ x: clientX, y: clientY });

/** For bpmn-js, which knows only a mouse. */
export const touchModule = {
  __init__: ['tidemarkTouch'],
  tidemarkTouch: ['type', Touch],
};
