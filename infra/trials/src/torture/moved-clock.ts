/**
 * Loaded into a server with `--import`: its wall clock (`Date.now()`, `new Date()`) runs as many milliseconds beside the true
 * one as CLOCK_FILE says, looked up at the start and on SIGUSR2. Timers, `performance.now()` and other processes keep theirs.
 */
import { readFileSync } from 'node:fs';

const file = process.env.CLOCK_FILE;
if (file !== undefined) {
  const TrueDate = Date;
  let offset = 0;
  const read = () => {
    offset = Number(readFileSync(file, 'utf8'));
  };
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [target.now() + offset] : given, newTarget),
    apply: (target) => new target(target.now() + offset).toString(),
    get: (target, key, receiver) =>
      key === 'now' ? () => target.now() + offset : Reflect.get(target, key, receiver),
  });
  read();
  process.on('SIGUSR2', read);
}
