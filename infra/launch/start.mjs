import { ensureBuilt, ensureInstalled, runServer } from './setup.mjs';

await ensureInstalled();
await ensureBuilt();
process.exit(await runServer());
