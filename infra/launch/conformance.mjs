// Asks a y-websocket server, anybody's, what it does. See docs/conformance.md.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
const command = join(root, 'infra/conformance/src/command.ts');
process.exit(await run(pinnedNode, [command, ...process.argv.slice(2)]));
