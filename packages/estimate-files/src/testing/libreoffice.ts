import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = process.env.LIBREOFFICE ?? 'soffice';

/** Every formula is reckoned when a file is opened, whatever values the file says they have. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`;

/** It takes seconds to begin, and leaves out what is beyond some 250 files. */
const perRun = 100;

/**
 * Opens files in LibreOffice (no window, a profile of its own) and saves each as `format`.
 * Answers the bytes in the order of the files.
 */
export async function convert(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  format = 'xlsx:Calc MS Excel 2007 XML',
): Promise<Uint8Array[]> {
  const home = await mkdtemp(join(tmpdir(), 'tidemark-calc-'));
  try {
    const profile = join(home, 'profile');
    const out = join(home, 'out');
    await mkdir(join(profile, 'user'), { recursive: true });
    await writeFile(join(profile, 'user', 'registrymodifications.xcu'), settings);
    const paths: string[] = [];
    for (const { name, bytes } of files) {
      paths.push(join(home, name));
      await writeFile(join(home, name), bytes);
    }
    for (let first = 0; first < paths.length; first += perRun) {
      await run(program, [
        `-env:UserInstallation=${pathToFileURL(profile).href}`,
        ...['--headless', '--norestore', '--convert-to', format, '--outdir', out],
        ...paths.slice(first, first + perRun),
      ]);
    }
    const ending = format.replace(/:.*$/, '');
    return await Promise.all(
      files.map(({ name }) => readFile(join(out, name.replace(/\.[^.]*$/, `.${ending}`)))),
    );
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
