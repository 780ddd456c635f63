// Every check and every test; ends with `N passed, N failed` alone on a line. `npm test -- FILTER` runs a part.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, report } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureLibreOffice } from './libreoffice.mjs';
import { ensureRedis } from './redis.mjs';
import { ensureBuilt, ensureInstalled, environment, pinnedNode, root, run } from './setup.mjs';

const filter = process.argv.slice(2);
await ensureInstalled();
await ensureBuilt();
const chromium = await ensureChromium();
const redis = await ensureRedis();
const libreOffice = await ensureLibreOffice();

let passed = 0;
let failed = 0;
if (filter.length === 0) {
  for (const check of checks) report(check) ? passed++ : failed++;
}

const scratch = mkdtempSync(join(tmpdir(), 'tidemark-test-'));
const results = join(scratch, 'results.json');
const code = await run(
  pinnedNode,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...[
      'run',
      '--config',
      'vitest.workspace.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
    ],
    ...filter,
  ],
  {
    env: environment({
      CHROMIUM: chromium,
      REDIS_SERVER: redis,
      LIBREOFFICE: libreOffice,
      // Hundreds of processes begin with the same modules: one compiles them for all. It stays for the next run.
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'),
    }),
  },
);
const counted = count(results);
rmSync(scratch, { recursive: true, force: true });
passed += counted.passed;
failed += counted.failed;
// A run that fails without a failing test (an unhandled rejection, a file that does not load) is a failure too.
if (code !== 0 && counted.failed === 0) failed += 1;

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function count(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const notRun = report.numPendingTests + report.numTodoTests;
  if (notRun > 0) console.log(`${notRun} tests were skipped: a skipped test counts as failed.`);
  return { passed: report.numPassedTests, failed: report.numFailedTests + notRun };
}
