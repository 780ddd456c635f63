import { expect, test } from 'vitest';
import { decide, type Facts, firstFacts, type Status } from './status.ts';

const links = ['first-try', 'waiting', 'trying-again', 'catching-up', 'live'] as const;
const stop = { code: 'no-access', message: 'no', final: true } as const;

/** Every combination that matters, none left out. */
function* everyFacts(): Generator<Facts> {
  for (const link of links)
    for (const confirms of ['unknown', 'yes', 'no'] as const)
      for (const serverStores of [true, false])
        for (const device of ['none', 'loading', 'ok', 'failing'] as const)
          for (const unkept of [0, 1])
            for (const pending of [0, 3])
              for (const savedAt of [null, 500])
                for (const stopped of [null, stop])
                  yield {
                    link,
                    confirms,
                    serverStores,
                    device,
                    unkept,
                    pending,
                    since: pending === 0 ? null : 100,
                    savedAt,
                    nextTryAt: link === 'waiting' ? 900 : null,
                    stop: stopped,
                  };
}

test('C1: saved is said of a live, acknowledging, storing server with nothing pending, and of nothing else', () => {
  let saved = 0;
  for (const facts of everyFacts()) {
    const may =
      facts.link === 'live' &&
      facts.confirms === 'yes' &&
      facts.serverStores &&
      facts.pending === 0 &&
      facts.stop === null &&
      facts.device !== 'loading' &&
      facts.savedAt !== null;
    expect(decide(facts).state === 'saved', JSON.stringify(facts)).toBe(may);
    if (may) saved += 1;
  }
  expect(saved).toBe(6);
});

test('C11: kept on device is said only of a working store that holds every edit', () => {
  for (const facts of everyFacts()) {
    const status = decide(facts);
    if ('keptOnDevice' in status) {
      expect(status.keptOnDevice).toBe(facts.device === 'ok' && facts.unkept === 0);
    }
  }
});

test('C17: unsafe exactly while an edit is neither acknowledged nor kept', () => {
  for (const facts of everyFacts()) {
    const kept = facts.device === 'ok' && facts.unkept === 0;
    expect(decide(facts).unsafe, JSON.stringify(facts)).toBe(facts.pending > 0 && !kept);
  }
});

test('C18: a table of links and what is known gives each its state, with no blanks', () => {
  const live: Facts = { ...firstFacts, link: 'live', confirms: 'yes', savedAt: 500 };
  const cases: [Partial<Facts>, Status['state']][] = [
    [{ link: 'first-try' }, 'connecting'],
    [{ link: 'waiting', nextTryAt: 900 }, 'offline'],
    [{ link: 'trying-again' }, 'offline'],
    [{ link: 'catching-up' }, 'syncing'],
    [{}, 'saved'],
    [{ pending: 1, since: 1 }, 'saving'],
    [{ confirms: 'no' }, 'unconfirmed'],
    [{ confirms: 'unknown' }, 'unconfirmed'],
    [{ serverStores: false }, 'storage-failing'],
    [{ serverStores: false, pending: 1, since: 1 }, 'storage-failing'],
    [{ device: 'loading' }, 'syncing'],
    [{ device: 'failing' }, 'saved'],
    [{ savedAt: null }, 'syncing'],
    [{ stop }, 'refused'],
    [{ stop, link: 'waiting' }, 'refused'],
  ];
  for (const [change, state] of cases) {
    expect(decide({ ...live, ...change }).state, JSON.stringify(change)).toBe(state);
  }
  const states = new Set([...everyFacts()].map((facts) => decide(facts).state));
  expect([...states].sort()).toEqual(
    [
      'connecting',
      'offline',
      'refused',
      'saved',
      'saving',
      'storage-failing',
      'syncing',
      'unconfirmed',
    ].sort(),
  );
});

test('C18: each state holds its own fields', () => {
  const offline = {
    ...firstFacts,
    link: 'waiting',
    nextTryAt: 900,
    pending: 2,
    since: 7,
    device: 'ok',
  } as const;
  expect(decide(offline)).toEqual({
    state: 'offline',
    pending: 2,
    since: 7,
    keptOnDevice: true,
    nextTryAt: 900,
    unsafe: false,
  });
  expect(decide({ ...offline, link: 'trying-again' })).toMatchObject({ nextTryAt: null });
  expect(decide({ ...offline, stop })).toEqual({
    state: 'refused',
    ...stop,
    pending: 2,
    since: 7,
    keptOnDevice: true,
    unsafe: false,
  });
});
