import { existsSync } from 'node:fs';
import { pinnedNode, runServer, stop } from './setup.mjs';

if (!existsSync(pinnedNode)) stop('nothing is installed yet; run "npm ci" or "npm start" first.');
process.exit(await runServer());
