import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger, journalOf } from './journal.ts';

function logged(error: unknown): Record<string, unknown> {
  const stream = new PassThrough();
  journalOf(createLogger('warn', stream)).warn('it-failed', { error });
  return (JSON.parse(String(stream.read())) as { err: Record<string, unknown> }).err;
}

test('a fault told in words stays words', () => {
  expect(logged('Error: the database system is starting up')).toEqual({
    message: 'Error: the database system is starting up',
  });
});

test('of an error of the database neither rows nor the connection are written', () => {
  const error = Object.assign(new Error('gone'), {
    detail: 'a row',
    where: 'a row',
    client: { host: '/run' },
  });
  expect(logged(error)).toMatchObject({ message: 'gone' });
  expect(Object.keys(logged(error))).not.toEqual(expect.arrayContaining(['client']));
  expect(JSON.stringify(logged(error))).not.toContain('a row');
});
