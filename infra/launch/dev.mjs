// Vite on PORT, the server on the next port, restarted on change; the browser talks to Vite alone.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, environment, pinnedNode, root, runServer } from './setup.mjs';

await ensureInstalled();
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '127.0.0.1';
const vite = spawn(
  pinnedNode,
  [join(root, 'node_modules/vite/bin/vite.js'), '--host', host, '--port', String(port), '--strictPort'],
  {
    cwd: join(root, 'apps/web'),
    env: environment({ TIDEMARK_SERVER: `http://127.0.0.1:${port + 1}` }),
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
const server = runServer(['--watch', '--watch-preserve-output'], {
  HOST: '127.0.0.1',
  PORT: String(port + 1),
  PUBLIC_URL: process.env.PUBLIC_URL ?? `http://${host}:${port}`,
});
const code = await Promise.race([
  server,
  new Promise((resolve) => vite.on('exit', (exit) => resolve(exit ?? 0))),
]);
vite.kill('SIGTERM');
process.exit(code);
