import { historyStoreContract } from './history-store.contract.ts';
import { createMemoryHistory } from './memory-store.ts';
import { testPacker } from './packer.testing.ts';

historyStoreContract('memory', async () => {
  const memory = createMemoryHistory(testPacker);
  let made = 0;
  return {
    store: memory.store,
    packer: testPacker,
    async createDocument() {
      made += 1;
      memory.create(`document-${made}`, 'estimate');
      return `document-${made}`;
    },
    async append(documentId, entries) {
      for (const entry of entries) memory.append(documentId, [entry], Date.now());
    },
    saveCheckpoint: async (documentId, lsn, state) => memory.saveCheckpoint(documentId, lsn, state),
    renew: async (documentId) => memory.renew(documentId, Date.now()),
    purge: async (documentId) => memory.purge(documentId),
    unknownId: 'nobody',
    userId: 'ann',
    async close() {
      // Memory needs no closing.
    },
  };
});
