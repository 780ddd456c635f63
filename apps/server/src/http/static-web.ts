import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { refuse } from '@tidemark/protocol';
import { sendProblem } from './problems.ts';
import type { App } from './routes.ts';

const notBuilt =
  'Tidemark runs, but its web app was not built: run "npm start" instead of "npm run serve".\n';

/**
 * The built web app. Files with a hash in their name may be kept for ever, `index.html` and the service worker are
 * asked for each time. Text goes compressed, as the build left it beside each file. Any other path that a browser opens as a page gets `index.html`: the app knows its routes.
 */
export async function installStaticWeb(app: App, directory: string): Promise<void> {
  const index = join(directory, 'index.html');
  const built = existsSync(index);
  if (built) {
    await app.register(async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, needs: 'nothing' };
      });
      await scope.register(fastifyStatic, {
        root: directory,
        index: 'index.html',
        cacheControl: false,
        preCompressed: true,
        dotfiles: 'ignore',
        schemaHide: true,
        setHeaders: (reply, path) => {
          const hashed = path.startsWith(join(directory, 'assets'));
          reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      });
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request.method, request.url, request.headers.accept ?? '')) {
      return sendProblem(reply, refuse('not-found', 'There is no such address.'));
    }
    if (!built) return reply.type('text/plain; charset=utf-8').send(notBuilt);
    return reply
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(await readFile(index));
  });
}

function isPage(method: string, url: string, accept: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const path = url.split('?')[0] ?? '';
  if (path === '/') return true;
  return accept.includes('text/html') && !/^\/(api|sync|assets)(\/|$)/.test(path);
}
