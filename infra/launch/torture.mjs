// Kills, stops, cuts, full disks and wrong clocks until nothing could have been lost; half an hour. See docs/faults.md.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
const main = join(root, 'infra/trials/src/torture/main.ts');
process.exit(await run(pinnedNode, [main, ...process.argv.slice(2)]));
