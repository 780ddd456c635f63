// The checks of `npm run check`; `npm test` runs and counts them too.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, pinnedNode, root } from './setup.mjs';

/** @type {{ name: string, run: () => string | null }[]} each returns null or what is wrong */
export const checks = [
  ...typeProjects().map((project) => ({
    name: `types ${project}`,
    run: () => command('tsc', ['-p', project]),
  })),
  { name: 'lint and format', run: () => command('biome', ['check', '--error-on-warnings', '.']) },
  { name: 'boundaries', run: () => command('turbo', ['boundaries', '--no-color']) },
  { name: 'unused code and dependencies', run: () => command('knip', ['--no-progress']) },
  { name: 'lock file names no host', run: lockFileHosts },
  { name: 'lock file holds all platforms', run: lockFilePlatforms },
  { name: 'files of at most 300 lines', run: longFiles },
];

export function report(check) {
  const started = Date.now();
  const problem = check.run();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${problem === null ? '✓' : '✗'} ${check.name} (${seconds} s)`);
  if (problem !== null) console.log(problem.trimEnd().replaceAll(/^/gm, '    '));
  return problem === null;
}

function typeProjects() {
  return ['packages', 'apps', 'infra', 'docs']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .flatMap((folder) => ['', '.test', '.worker'].map((part) => `${folder}/tsconfig${part}.json`))
    .filter((file) => existsSync(join(root, file)));
}

function command(name, args) {
  // Some of these are Node scripts, some are native: the pinned Node runs the former through their shebang and PATH.
  const result = spawnSync(join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    env: environment({ NODE: pinnedNode }),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (result.error) return `${name} could not be run: ${result.error.message}`;
  return result.status === 0 ? null : `${result.stdout}${result.stderr}`;
}

function lockFileHosts() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const named = Object.entries(lock.packages).filter(([, entry]) =>
    /^[a-z+]+:\/\//.test(entry.resolved ?? ''),
  );
  return named.length === 0 ? null : named.map(([name]) => `${name} is locked to a host`).join('\n');
}

// An npm bug drops other platforms' packages from a lock file; `npm ci` then fails for everybody.
function lockFilePlatforms() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => `${path} wants ${name}, which is not locked`),
  );
  return missing.length === 0 ? null : missing.join('\n');
}

function longFiles() {
  const listed = spawnSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.css'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (listed.status !== 0) return `git could not list the files: ${listed.stderr}`;
  const long = listed.stdout
    .split('\n')
    .filter(
      (file) =>
        file && !/\.test\.|\/tests\/|\/generated\/|\.contract\./.test(file) && existsSync(join(root, file)),
    )
    .map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1])
    .filter(([, lines]) => lines > 300);
  return long.length === 0 ? null : long.map(([file, lines]) => `${file} has ${lines} lines`).join('\n');
}
