// Several bpmn-js canvases on one live diagram, edited at random in a real Chromium. See docs/diagram-fuzz.md.
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled, environment, pinnedNode, root, run } from './setup.mjs';

await ensureInstalled();
const main = join(root, 'packages/modeler/fuzz/main.ts');
const env = environment({ CHROMIUM: await ensureChromium() });
process.exit(await run(pinnedNode, [main, ...process.argv.slice(2)], { env }));
