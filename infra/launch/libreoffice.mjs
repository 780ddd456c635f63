// The LibreOffice that recomputes workbooks in tests: found, or installed where the system's package manager allows it.
import { onPath } from './on-path.mjs';
import { run, stop } from './setup.mjs';

const names = ['soffice', 'libreoffice', 'localc'];

/** Path of LibreOffice; ends the run with a sentence when there is none and none can be installed. */
export async function ensureLibreOffice() {
  const found = process.env.LIBREOFFICE ?? find();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.error('tidemark: installing LibreOffice Calc for the tests of workbooks …');
    const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await run('apt-get', ['update', '-q'], options);
    const quiet = ['install', '-q', '-y', '--no-install-recommends'];
    await run('apt-get', [...quiet, 'libreoffice-calc-nogui'], options);
  }
  return (
    find() ??
    stop(
      'the tests need LibreOffice and none was found; install it (Debian: apt-get install libreoffice-calc-nogui) or set LIBREOFFICE to the path of soffice.',
    )
  );
}

function find() {
  return names.map(onPath).find(Boolean);
}
