// Runs before each test file. Vitest has a setting for how long `expect.poll` waits, and none for these two, whose own limit is one second.
import { vi } from 'vitest';
import { patience } from './patience.mjs';

const { waitFor, waitUntil } = vi;

/** Nobody's limit is shorter. */
function patient(options = {}) {
  const own = typeof options === 'number' ? { timeout: options } : options;
  return { ...own, timeout: Math.max(patience.wait, own.timeout ?? 0) };
}

vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
