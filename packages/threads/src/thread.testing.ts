/** A thread that does as its job says, so that tests see threads break. */
import { begun, type Deed, type Deeds } from './deed.testing.ts';
import { work } from './work.ts';

let deeds = 0;

work<Deed, Deeds>(
  (deed) => {
    deeds += 1;
    switch (deed.do) {
      case 'echo':
        return deed.word;
      case 'count':
        return String(deeds);
      case 'turn':
        return deed.bytes.reverse();
      case 'wait': {
        const gate = new Int32Array(deed.gate);
        Atomics.compareExchange(gate, 0, 0, begun);
        Atomics.notify(gate, 0);
        Atomics.wait(gate, 0, begun);
        return deed.word;
      }
      case 'exit':
        return process.exit(3);
      case 'crash':
        setImmediate(() => {
          throw new Error('The thread has lost its head.');
        });
        return new Promise<never>(() => undefined);
      case 'throw':
        throw new Error('The job went wrong.');
      case 'hang':
        return new Promise<never>(() => undefined);
      case 'eat': {
        const eaten: number[][] = [];
        for (;;) eaten.push(new Array<number>(100_000).fill(1.5));
      }
      case 'unsendable':
        return () => undefined;
    }
  },
  (done) => (done instanceof Uint8Array ? [done.buffer] : []),
);
