// The browser the tests drive: found, or installed where the system's package manager allows it.
import { executable, onPath } from './on-path.mjs';
import { run, stop } from './setup.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium; ends the run with a sentence when there is none and none can be installed. */
export async function ensureChromium() {
  const found = process.env.CHROMIUM ?? find();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.error('tidemark: installing Chromium for the browser tests …');
    const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await run('apt-get', ['update', '-q'], options);
    await run(
      'apt-get',
      ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      options,
    );
  }
  return (
    find() ??
    stop(
      'the tests need Chromium and none was found; install it (Debian: apt-get install chromium) or set CHROMIUM to its path.',
    )
  );
}

function find() {
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return names.map(onPath).find(Boolean) ?? (executable(mac) ? mac : undefined);
}
