// The Redis (or Valkey) that tests of the bus run: found, or installed where the system's package manager allows it.
import { onPath } from './on-path.mjs';
import { run, stop } from './setup.mjs';

const names = ['redis-server', 'valkey-server'];

/** Path of a Redis server; ends the run with a sentence when there is none and none can be installed. */
export async function ensureRedis() {
  const found = process.env.REDIS_SERVER ?? find();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.error('tidemark: installing Redis for the tests of the bus …');
    const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await run('apt-get', ['update', '-q'], options);
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'redis-server'], options);
  }
  return (
    find() ??
    stop(
      'the tests need a Redis and none was found; install it (Debian: apt-get install redis-server) or set REDIS_SERVER to its path.',
    )
  );
}

function find() {
  return names.map(onPath).find(Boolean);
}
