import type { World } from './world.ts';

/**
 * When a room's next turn may come. Writing to each reader is what costs, so after its updates were shown a room rests
 * in proportion to its readers, and what comes meanwhile is one frame for each of them. A small room never rests.
 */
export class Rest {
  readonly #world: World;
  /** Milliseconds, as `Clock.now`. */
  #restUntil = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Updates were shown to so many. */
  shown(readers: number): void {
    const { clock, settings } = this.#world;
    this.#restUntil = clock.now() + Math.min(readers * settings.restPerReaderMs, settings.restMaxMs);
  }

  /** Milliseconds until the next turn; 0: at the end of this one. */
  wait(): number {
    const rest = this.#restUntil - this.#world.clock.now();
    // A timer is no finer than a millisecond.
    return rest < 0.5 ? 0 : rest;
  }
}
