/** Loaded into a server with `--import`: on SIGUSR2 it collects its garbage and writes what is left, in bytes, to HEAP_FILE. */
import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const file = process.env.HEAP_FILE;
if (file !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  process.on('SIGUSR2', () => {
    collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    writeFileSync(`${file}.new`, JSON.stringify({ heap: heapUsed + external, rss }));
    renameSync(`${file}.new`, file);
  });
}
