/** What the benchmark asks a contender's process, and what it is told. */
export interface Asked {
  readonly probe: number;
  /** `memory` collects garbage first; `watch` and `unwatch` begin and end looking at the event loop. */
  readonly ask: 'usage' | 'memory' | 'watch' | 'unwatch';
}

export interface Told {
  readonly probe: number;
  /** Microseconds of CPU since the start, all threads. */
  readonly cpu: number;
  /** Bytes. */
  readonly rss: number;
  /** Bytes on the heap and what it holds outside. */
  readonly heap: number;
  /** The longest the event loop was late since `watch`, milliseconds. */
  readonly blockedMs: number;
}
