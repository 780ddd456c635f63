// Several people with the product's own client at one estimate, at random, cut off and back. See docs/estimate.md.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
const main = join(root, 'infra/trials/src/crowd/main.ts');
process.exit(await run(pinnedNode, [main, ...process.argv.slice(2)]));
