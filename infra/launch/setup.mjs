// Runs on whatever Node ≥ 20 the machine has, with nothing installed: only Node's own modules here.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The Node pinned in package.json: everything but this bootstrap runs on it. */
export const pinnedNode = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

const installStamp = join(root, 'node_modules/.tidemark-install');
const webDist = join(root, 'apps/web/dist');
const buildStamp = join(webDist, '.tidemark-build');

/** Ends the run with one sentence that says what to do. */
export function stop(sentence) {
  console.error(`tidemark: ${sentence}`);
  process.exit(1);
}

/** Environment in which the pinned Node and the installed commands come first. */
export function environment(extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const bin = join(root, 'node_modules/.bin');
  return {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    ...extra,
    PATH: `${bin}${separator}${process.env.PATH}`,
  };
}

/** Runs a command to its end; resolves to its exit code (a signal counts as 1). */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment(), stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Installs the dependencies when the lock file is not the one that was installed last. */
export async function ensureInstalled() {
  const wanted = digest([join(root, 'package-lock.json'), join(root, 'package.json')]);
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted && existsSync(pinnedNode))
    return;
  console.error('tidemark: installing dependencies …');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  if ((await npm(['ci', ...quiet])) !== 0)
    stop('the dependencies could not be installed; see the lines above, then run the command again.');
  if (!existsSync(pinnedNode)) await npm(['rebuild', 'node', ...quiet]);
  if (!existsSync(pinnedNode)) {
    stop(
      'npm did not run the install script of the package "node"; run "npm rebuild node" with install scripts allowed.',
    );
  }
  writeFileSync(installStamp, wanted);
}

/** Builds the web app when its sources are newer than the last build. */
export async function ensureBuilt() {
  const files = [...roomsOf('apps/web')].flatMap((room) => listFiles(join(root, room)));
  const wanted = digest([...files, join(root, 'package-lock.json')]);
  if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === wanted) return;
  console.error('tidemark: building the web app …');
  rmSync(buildStamp, { force: true });
  const code = await run(
    pinnedNode,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
    {
      cwd: join(root, 'apps/web'),
      stdio: ['ignore', 2, 2],
    },
  );
  if (code !== 0) stop('the web app could not be built; see the lines above.');
  mkdirSync(webDist, { recursive: true });
  writeFileSync(buildStamp, wanted);
}

/** A room and all rooms that it is built of. */
function roomsOf(room, found = new Set()) {
  if (found.has(room)) return found;
  found.add(room);
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies))
    if (name.startsWith('@tidemark/')) roomsOf(name.replace('@tidemark', 'packages'), found);
  return found;
}

/** Runs the server in the foreground until it ends; Ctrl-C reaches it and it stops everything in order. */
export function runServer(nodeArgs = [], extra = {}) {
  const child = spawn(pinnedNode, [...nodeArgs, join(root, 'apps/server/src/main.ts')], {
    cwd: root,
    env: environment(extra),
    // The channel tells the server when this launcher is gone, whatever killed it.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => passOn(child, signal, nodeArgs));
  whenOrphaned(() => passOn(child, 'SIGTERM', nodeArgs));
  child.on('error', (error) => stop(`the server could not be started (${error.message}).`));
  return new Promise((resolve) =>
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 0 : 1))),
  );
}

// A terminal's Ctrl-C reaches the server by itself, being in the same process group; a signal sent to this process alone
// does not. As a message it cannot be taken for the second Ctrl-C that forces an end. Node's watcher takes no messages.
function passOn(child, signal, nodeArgs) {
  if (nodeArgs.includes('--watch')) child.kill(signal);
  else if (child.connected) child.send({ stop: signal });
}

/** npm passes a SIGTERM on to the shell between it and this process, and no further: that shell's end is the sign. */
function whenOrphaned(act) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    act();
  }, 250);
  look.unref();
}

function npm(args) {
  // npm sets npm_execpath for its scripts: the very npm that the user ran.
  const path = process.env.npm_execpath;
  const [command, first] = path?.endsWith('.js') ? [process.execPath, [path]] : ['npm', []];
  return run(command, [...first, ...args], {
    env: process.env,
    stdio: ['ignore', 2, 2],
    shell: command === 'npm' && process.platform === 'win32',
  });
}

function listFiles(directory) {
  const skipped = new Set(['node_modules', 'dist', 'tests', 'generated-docs']);
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      if (skipped.has(entry.name) || entry.name.includes('.test.')) return [];
      const path = join(directory, entry.name);
      return entry.isDirectory() ? listFiles(path) : statSync(path).isFile() ? [path] : [];
    })
    .sort();
}

function digest(files) {
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const file of files)
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
