import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { refuse } from '@tidemark/protocol';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.ts';
import { installProblems, sendProblem } from './problems.ts';
import type { App } from './routes.ts';

/** Bytes of a JSON body. Uploads are streams with a limit of their own. */
const bodyLimit = 1024 * 1024;

interface AppOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly publicUrl: URL | null;
}

/** The HTTP server without its routes: how all of them parse, answer, refuse, log and are limited. */
export async function createApp({ logger, metrics, publicUrl }: AppOptions): Promise<App> {
  const app: App = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    // One line per answer, made below: the built-in ones hold the URL, and with it the query string.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 1_000 },
    // What the router itself refuses, before any hook: an address with a broken %-escape.
    frameworkErrors(error, request, reply) {
      // No hook sees this answer, the one that cuts a refused upgrade neither.
      if (request.headers.upgrade !== undefined) reply.raw.once('finish', () => request.raw.socket.destroy());
      sendProblem(reply, refuse('malformed', error.message));
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installProblems(app);
  installBodies(app);
  cutSilentOnClose(app);

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (route.startsWith('/api')) request.log.info(line, 'answered');
    else request.log.debug(line, 'answered');
  });

  await app.register(helmet, helmetOptions(publicUrl));
  await app.register(rateLimit, {
    global: true,
    // A generous bound on what one login or address can ask; sign-in has a narrow one of its own.
    max: 6_000,
    timeWindow: 60_000,
    keyGenerator: (request) => request.headers.authorization ?? request.headers.cookie ?? request.ip,
    addHeaders: headersOff,
    addHeadersOnExceeding: headersOff,
    errorResponseBuilder: () => Object.assign(new Error('Too many requests'), { statusCode: 429 }),
  });
  return app;
}

const headersOff = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
};

/**
 * Connections that nobody has said anything on yet, as browsers and balancers hold some ready: Node takes the first request of each for begun, so
 * that its own closing of idle ones leaves them, and the end would wait.
 */
function cutSilentOnClose(app: App): void {
  const open = new Set<Socket>();
  let closing = false;
  app.server.on('connection', (socket: Socket) => {
    if (closing) return socket.destroy();
    open.add(socket);
    return socket.once('close', () => open.delete(socket));
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  });
}

/** An empty JSON body is no body: `fetch` with a content type and nothing to say is not an error. */
function installBodies(app: App): void {
  app.removeContentTypeParser('application/json');
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
  app.removeContentTypeParser('text/plain');
}

function helmetOptions(publicUrl: URL | null) {
  const secure = publicUrl?.protocol === 'https:';
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'none'"],
        'connect-src': ["'self'", 'ws:', 'wss:'],
        'font-src': ["'self'", 'data:'],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'manifest-src': ["'self'"],
        'object-src': ["'none'"],
        'script-src': ["'self'"],
        // Mantine and ECharts set styles in attributes and in a style element of their own.
        'style-src': ["'self'", "'unsafe-inline'"],
        'worker-src': ["'self'", 'blob:'],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  } as const;
}
