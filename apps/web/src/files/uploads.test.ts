import { expect, test, vi } from 'vitest';
import { ApiError } from '../api/http.ts';
import { createUploads } from './uploads.ts';

const file = new File(['words'], 'note.txt');
const broken = () => new ApiError('offline', 0, 'The connection broke.');
const steps = (uploads: ReturnType<typeof createUploads>) => uploads.all().map(({ state }) => state);

/** Uploads whose sends answer as told, one after the other; then they hang until they are stopped. */
function uploadsThat(...answers: (Error | 'stored')[]) {
  const pauses: number[] = [];
  const stored = vi.fn();
  const stopped = vi.fn();
  const uploads = createUploads({
    send: (_file, _progress, signal) => {
      const answer = answers.shift();
      if (answer === 'stored') return Promise.resolve();
      if (answer) return Promise.reject(answer);
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          stopped();
          reject(signal.reason);
        }),
      );
    },
    pause: async (ms) => void pauses.push(ms),
    stored,
  });
  return { uploads, pauses, stored, stopped };
}

test('a file that is stored leaves the list', async () => {
  const { uploads, stored } = uploadsThat('stored');
  uploads.start([file]);
  expect(steps(uploads)).toEqual([{ step: 'sending', share: 0 }]);
  await expect.poll(() => stored.mock.calls.length).toBe(1);
  expect(uploads.all()).toEqual([]);
});

test('a broken connection is tried again with growing pauses, five times, and then on demand', async () => {
  const { uploads, pauses, stored } = uploadsThat(...Array.from({ length: 6 }, broken), 'stored');
  uploads.start([file]);
  await expect
    .poll(() => steps(uploads))
    .toEqual([{ step: 'failed', words: 'The connection broke.', again: true }]);
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
  expect(stored).not.toHaveBeenCalled();
  const [{ id } = { id: '' }] = uploads.all();
  uploads.retry(id);
  await expect.poll(() => uploads.all()).toEqual([]);
  expect(stored).toHaveBeenCalledOnce();
});

test('a refusal is told at once and not tried again', async () => {
  const { uploads, pauses } = uploadsThat(new ApiError('too-large', 413, 'Too large.'));
  uploads.start([file]);
  await expect.poll(() => steps(uploads)).toEqual([{ step: 'failed', words: 'Too large.', again: false }]);
  expect(pauses).toEqual([]);
});

test('an upload that is stopped is ended and forgotten, the others go on', async () => {
  const { uploads, stopped } = uploadsThat();
  uploads.start([file, new File(['more'], 'more.txt')]);
  const [first] = uploads.all();
  uploads.cancel(first?.id ?? '');
  await expect.poll(() => stopped.mock.calls.length).toBe(1);
  expect(uploads.all().map((upload) => upload.file.name)).toEqual(['more.txt']);
});
