import { expect, test } from 'vitest';
import type { Contour } from './contour.ts';
import { createGhosts } from './ghosts.ts';
import type { Drag } from './state.ts';

function stage() {
  let now = 0;
  const places = new Map<string, number>([['task', 100]]);
  const contourOf = (key: string): Contour | null => {
    const x = places.get(key);
    return x === undefined ? null : { form: 'box', x, y: 0, width: 100, height: 80 };
  };
  const ghosts = createGhosts(contourOf, () => now);
  return {
    ghosts,
    pass: (time: number) => {
      now += time;
    },
    /** The document moves the task. */
    move(x: number | null) {
      if (x === null) places.delete('task');
      else places.set('task', x);
      ghosts.settle();
    },
    /** Left edges of the ghost on the screen. */
    seen: () =>
      ghosts.of(1)?.contours.map((contour) => {
        const { dx } = ghosts.of(1)!;
        return (contour.form === 'line' ? contour.points[0]!.x : contour.x) + dx;
      }) ?? null,
  };
}

const drag = (dx: number, more: Partial<Drag> = {}): Drag => ({
  plane: 'p',
  keys: ['task'],
  dx,
  dy: 0,
  boxes: [],
  line: [],
  dropped: false,
  ...more,
});

test('a ghost stands where the hand is, and stays after the drop until the document moves', () => {
  const { ghosts, move, seen } = stage();
  ghosts.hold(1, drag(10));
  expect(seen()).toEqual([110]);
  ghosts.hold(1, drag(50));
  expect(seen()).toEqual([150]);
  ghosts.hold(1, drag(60, { dropped: true }));
  expect(seen()).toEqual([160]);
  expect(ghosts.areSettling()).toBe(true);
  move(160);
  expect(seen()).toBeNull();
  expect(ghosts.areSettling()).toBe(false);
  ghosts.hold(1, drag(60, { dropped: true }));
  expect(seen(), 'not seen again').toBeNull();
});

test('a document that comes before the word of the drop ends the ghost, too', () => {
  const { ghosts, move, seen } = stage();
  ghosts.hold(1, drag(50));
  move(160);
  expect(seen()).toBeNull();
  ghosts.hold(1, drag(60, { dropped: true }));
  expect(seen()).toBeNull();
});

test('a cancelled drag is gone at once, and a drop that nothing comes of after a moment', () => {
  const { ghosts, pass, seen } = stage();
  ghosts.hold(1, drag(50));
  ghosts.hold(1, null);
  expect(seen()).toBeNull();
  ghosts.hold(1, drag(50, { dropped: true }));
  pass(900);
  expect(seen()).toEqual([150]);
  pass(200);
  expect(seen()).toBeNull();
});

test('somebody else moves what is in the hand: the ghost goes on from there with the hand', () => {
  const { ghosts, move, seen } = stage();
  ghosts.hold(1, drag(50));
  move(300);
  ghosts.hold(1, drag(55));
  expect(seen()).toEqual([355]);
});

test('what is in the hand is removed: there is nothing to show', () => {
  const { ghosts, move, seen } = stage();
  ghosts.hold(1, drag(50));
  move(null);
  expect(seen()).toBeNull();
  ghosts.hold(1, drag(55));
  expect(ghosts.of(1)?.contours ?? []).toEqual([]);
});

test('a new shape has a ghost until the document changes; the next one has its own', () => {
  const { ghosts, move, seen } = stage();
  const made = (x: number, dropped: boolean) =>
    drag(0, { keys: [], boxes: [{ x, y: 0, width: 36, height: 36 }], dropped });
  ghosts.hold(1, made(20, false));
  move(101);
  expect(seen(), 'another change').toEqual([20]);
  ghosts.hold(1, made(30, true));
  expect(seen()).toEqual([30]);
  move(102);
  expect(seen()).toBeNull();
  ghosts.hold(1, made(70, false));
  expect(seen()).toEqual([70]);
});

test('who has gone leaves no ghost', () => {
  const { ghosts, seen } = stage();
  ghosts.hold(1, drag(50));
  ghosts.keep(new Set([2]));
  expect(seen()).toBeNull();
});
