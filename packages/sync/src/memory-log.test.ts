import { createMemoryLog } from './memory-log.ts';
import { updateLogContract } from './update-log.contract.ts';

updateLogContract('memory', async () => {
  const log = createMemoryLog();
  let made = 0;
  return {
    log,
    async createDocument() {
      made += 1;
      log.create(`document-${made}`);
      return `document-${made}`;
    },
    async purge(documentId) {
      log.purge(documentId);
    },
    async renew(documentId) {
      log.renew(documentId);
    },
    unknownId: 'nobody',
    userId: 'ann',
    async close() {
      // Memory needs no closing.
    },
  };
});
