import { checks, report } from './checks.mjs';
import { ensureInstalled } from './setup.mjs';

await ensureInstalled();
const failed = checks.map(report).filter((passed) => !passed).length;
process.exit(failed === 0 ? 0 : 1);
