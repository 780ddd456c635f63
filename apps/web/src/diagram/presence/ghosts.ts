import { boxContour, type Contour } from './contour.ts';
import { settling } from './say-drag.ts';
import type { Drag } from './state.ts';

/** What is drawn of something in somebody's hand: contours, carried by dx and dy. */
export interface Ghost {
  readonly contours: readonly Contour[];
  readonly dx: number;
  readonly dy: number;
}

interface Held {
  drag: Drag;
  /** Where the elements stood when they were taken. */
  base: ReadonlyMap<string, Contour | null>;
  /** When it was let go, by this screen's clock, milliseconds. */
  droppedAt: number | null;
  /** The document has it; or nobody will say it any more. */
  isOver: boolean;
}

export interface Ghosts {
  /** Takes note of what a screen has in hand. */
  hold(clientId: number, drag: Drag | null): void;
  /** Takes note that the canvas shows another state of the document. */
  settle(): void;
  of(clientId: number): Ghost | null;
  /** Something was dropped whose ghost has to be taken away in time. */
  areSettling(): boolean;
  /** Forgets the screens that are not here any more. */
  keep(clientIds: ReadonlySet<number>): void;
}

/**
 * A ghost stands for what a hand will do to the document. It is measured from where things stood when they were taken,
 * so that it does not jump when the document moves them, and it is over with that very change: what was dropped is
 * never seen twice, and never nowhere. What comes of no drop (refused, lost) is over after a moment.
 */
export function createGhosts(contourOf: (key: string) => Contour | null, now: () => number): Ghosts {
  const held = new Map<number, Held>();
  const baseOf = (drag: Drag) => new Map(drag.keys.map((key) => [key, contourOf(key)]));

  return {
    hold(clientId, drag) {
      if (drag === null) {
        held.delete(clientId);
        return;
      }
      const known = held.get(clientId);
      if (!known || isNew(known.drag, drag)) {
        held.set(clientId, {
          drag,
          base: baseOf(drag),
          droppedAt: drag.dropped ? now() : null,
          isOver: false,
        });
        return;
      }
      if (isEqual(known.drag, drag)) return;
      if (drag.dropped) known.droppedAt ??= now();
      else if (known.isOver) {
        // Somebody else has moved it while it is still in this hand.
        known.base = baseOf(drag);
        known.isOver = false;
      }
      known.drag = drag;
    },
    settle() {
      for (const each of held.values()) {
        const { drag, base } = each;
        if (drag.keys.length === 0) each.isOver ||= drag.dropped;
        else each.isOver ||= drag.keys.some((key) => !isEqual(base.get(key), contourOf(key)));
      }
    },
    of(clientId) {
      const ghost = held.get(clientId);
      if (!ghost || ghost.isOver) return null;
      const { drag, base, droppedAt } = ghost;
      if (droppedAt !== null && now() - droppedAt > settling) {
        ghost.isOver = true;
        return null;
      }
      const { boxes, line, dx, dy } = drag;
      const made: Contour[] = boxes.map(boxContour);
      if (line.length > 0) made.push({ form: 'line', points: line });
      const carried = [...base.values()].filter((contour) => contour !== null);
      return { contours: made.length > 0 ? made : carried, dx, dy };
    },
    areSettling: () => [...held.values()].some(({ droppedAt, isOver }) => droppedAt !== null && !isOver),
    keep(clientIds) {
      for (const clientId of held.keys()) if (!clientIds.has(clientId)) held.delete(clientId);
    },
  };
}

/** Another gesture, not the next moment of the same. */
function isNew(before: Drag, after: Drag): boolean {
  if (before.dropped && !after.dropped) return true;
  return before.plane !== after.plane || !isEqual(before.keys, after.keys);
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
