import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { filesIn } from './files.ts';

const source = fileURLToPath(new URL('../service-worker/service-worker.ts', import.meta.url));

/** Files that a page may ask for. Of fonts only the form that every browser with service workers takes. */
const wanted = /\.(js|css|html|svg|png|webmanifest|woff2)$/;
/** Only for files that the server has to send anyway: the viewer of PDFs. */
const left = /^assets\/pdfjs-/;
/** Vite puts a hash of what is in them into the names of these. */
const hashed = /^assets\//;

/**
 * Builds the service worker beside the app, as one file that every browser runs, with the list of all files of this
 * build in it. workbox-build does the same, with 300 packages: docs/decisions/0052.
 */
export function serviceWorker(): Plugin {
  let directory = '';
  return {
    name: 'tidemark-service-worker',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      directory = join(root, outDir);
    },
    async closeBundle() {
      const files = filesIn(directory)
        .filter((path) => wanted.test(path) && !left.test(path))
        .map((path) => ({
          url: `/${path}`,
          revision: hashed.test(path) ? null : digest(join(directory, path)),
        }));
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { files: JSON.stringify(files), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: directory,
          emptyOutDir: false,
          target: 'es2022',
          lib: { entry: source, formats: ['iife'], name: 'tidemark', fileName: () => 'service-worker.js' },
        },
      });
    },
  };
}

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 20);
