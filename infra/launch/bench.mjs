// What durability costs on this machine, beside the physical limit; about a minute. See docs/benchmark.md.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
process.exit(await run(pinnedNode, [join(root, 'infra/trials/src/bench.ts')]));
