// Hostile bytes of every kind against a live server; ten minutes, or `--minutes`. See docs/faults.md.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
const main = join(root, 'infra/trials/src/fuzz/main.ts');
process.exit(await run(pinnedNode, [main, ...process.argv.slice(2)]));
