// After a backup was restored: begins documents anew, so that no copy that is ahead of it merges in. See docs/storage.md.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
process.exit(await run(pinnedNode, [join(root, 'apps/server/src/epochs.ts'), ...process.argv.slice(2)]));
