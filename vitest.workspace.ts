// Vitest no longer reads a file of this name by itself: run `vitest --config vitest.workspace.ts`.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { patience } from './infra/launch/patience.mjs';

const setup = (file: string) => fileURLToPath(new URL(`./infra/launch/${file}`, import.meta.url));
const furnish = fileURLToPath(new URL('./infra/trials/src/harness/furnish.setup.ts', import.meta.url));
const project = (name: string, root: string, ...setups: readonly string[]) => ({
  test: {
    name,
    root,
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts'],
    setupFiles: ['patient-waits.mjs', ...setups].map(setup),
    testTimeout: patience.test,
    hookTimeout: patience.test,
    expect: { poll: { timeout: patience.wait } },
  },
});

export default defineConfig({
  test: {
    // Three files at a time on two cores: of a browser, a server and a database one works while the others wait for it. A whole run took
    // 1,083 s, and 1,264 s with two at a time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      project('protocol', 'packages/protocol', 'one-seed.mjs'),
      project('documents', 'packages/documents', 'one-seed.mjs'),
      project('bpmn', 'packages/bpmn', 'one-seed.mjs'),
      project('modeler', 'packages/modeler'),
      project('pictures', 'packages/pictures'),
      project('estimating', 'packages/estimating', 'one-seed.mjs'),
      project('estimate-files', 'packages/estimate-files', 'one-seed.mjs'),
      project('proposal', 'packages/proposal'),
      project('sync', 'packages/sync', 'one-seed.mjs'),
      project('history', 'packages/history', 'one-seed.mjs'),
      project('threads', 'packages/threads'),
      project('files', 'packages/files'),
      project('door', 'packages/door'),
      project('bus', 'packages/bus'),
      project('simulation', 'packages/simulation'),
      project('postgres', 'infra/postgres'),
      project('database', 'packages/database'),
      project('client', 'packages/client'),
      project('server', 'apps/server'),
      project('web', 'apps/web'),
      { test: { ...project('trials', 'infra/trials').test, globalSetup: furnish } },
      project('conformance', 'infra/conformance'),
      project('bench', 'infra/bench'),
      project('examples', 'docs/examples'),
    ],
  },
});
