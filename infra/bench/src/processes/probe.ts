/** Preloaded into every contender's process (`node --import`): answers the benchmark's questions about it over the IPC channel. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import type { Asked, Told } from './probe-messages.ts';

let watched: ReturnType<typeof monitorEventLoopDelay> | null = null;

function answer({ probe, ask }: Asked): Told {
  if (ask === 'memory') {
    for (let i = 0; i < 4; i += 1) globalThis.gc?.();
  } else if (ask === 'watch') {
    watched = monitorEventLoopDelay({ resolution: 1 });
    watched.enable();
  }
  const blockedMs = watched === null ? 0 : watched.max / 1e6;
  if (ask === 'unwatch') {
    watched?.disable();
    watched = null;
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { probe, cpu: user + system, rss, heap: heapUsed + external, blockedMs };
}

// Threads of the process load this too; their CPU time is in the process' sum.
if (isMainThread) {
  process.on('message', (message) => {
    if (isAsked(message)) process.send?.(answer(message));
  });
  // An orderly stop, where the program has one, comes first.
  process.on('disconnect', () => setTimeout(() => process.exit(), 5_000).unref());
}

function isAsked(message: unknown): message is Asked {
  return typeof message === 'object' && message !== null && 'probe' in message;
}
