// Ours, its peers and the limits of this machine behind one client; at most ten minutes. See docs/benchmark.md.
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensureInstalled, environment, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
// An estimate is measured on a screen too.
await ensureBuilt();
const env = environment({ CHROMIUM: await ensureChromium() });
const command = join(root, 'infra/bench/src/command.ts');
process.exit(await run(pinnedNode, [command, ...process.argv.slice(2)], { env }));
