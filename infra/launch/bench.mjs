// Ours, its peers and the limits of this machine behind one client; at most ten minutes. See docs/benchmark.md.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
const command = join(root, 'infra/bench/src/command.ts');
process.exit(await run(pinnedNode, [command, ...process.argv.slice(2)]));
