// Vitest no longer reads a file of this name by itself: run `vitest --config vitest.workspace.ts`.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const project = (name: string, root: string, timeout = 20_000) => ({
  test: {
    name,
    root,
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts'],
    testTimeout: timeout,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    // Two files at a time on two cores: a browser, a server and a database mostly wait for each other.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      project('protocol', 'packages/protocol'),
      project('documents', 'packages/documents', 60_000),
      project('bpmn', 'packages/bpmn', 60_000),
      project('modeler', 'packages/modeler', 300_000),
      project('pictures', 'packages/pictures', 120_000),
      project('estimating', 'packages/estimating', 60_000),
      project('estimate-files', 'packages/estimate-files', 120_000),
      project('proposal', 'packages/proposal', 120_000),
      project('sync', 'packages/sync', 60_000),
      project('history', 'packages/history', 60_000),
      project('threads', 'packages/threads', 60_000),
      project('files', 'packages/files'),
      project('door', 'packages/door', 60_000),
      project('bus', 'packages/bus', 60_000),
      project('simulation', 'packages/simulation', 300_000),
      project('postgres', 'infra/postgres', 120_000),
      project('database', 'packages/database', 60_000),
      project('client', 'packages/client', 60_000),
      project('server', 'apps/server', 60_000),
      project('web', 'apps/web', 120_000),
      project('trials', 'infra/trials', 180_000),
      project('conformance', 'infra/conformance', 60_000),
      project('bench', 'infra/bench', 60_000),
      project('examples', 'docs/examples', 60_000),
    ],
  },
});
