/** What every store of the past has to do, run by each adapter on its own ground. */
import { afterAll, beforeAll, describe } from 'vitest';
import { type Ground, groundOf, type StoreUnderTest } from './store-ground.contract.ts';
import { storedLogContract } from './stored-log.contract.ts';
import { storedWorkContract } from './stored-work.contract.ts';

export function historyStoreContract(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(`history store: ${name}`, () => {
    let ground: Ground;
    beforeAll(async () => {
      ground = groundOf(await makeStore());
    });
    afterAll(() => ground.made.close());
    storedLogContract(() => ground);
    storedWorkContract(() => ground);
  });
}
