import { busContract } from './bus.contract.ts';
import { createMemoryHub } from './memory-bus.ts';

busContract('memory', async () => {
  const hub = createMemoryHub();
  const joined: string[] = [];
  return {
    async join() {
      const bus = hub.join();
      joined.push(bus.self);
      return bus;
    },
    async cut() {
      for (const self of joined) hub.cut(self);
    },
    async mend() {
      for (const self of joined) hub.mend(self);
    },
    async close() {
      // Memory needs no closing.
    },
  };
});
