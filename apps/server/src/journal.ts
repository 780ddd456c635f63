import type { Log } from '@tidemark/sync';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * The server's log: JSON lines on stderr, so that stdout holds the one ready line. Nothing here writes tokens, query
 * strings or content: requests are logged by route and never by URL, and what looks like a secret is cut.
 */
export function createLogger(level: LogLevel, stream: DestinationStream = destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['*.token', '*.password', '*.authorization', '*.cookie', 'token', 'password'],
        censor: '[cut]',
      },
      serializers: {
        // Postgres puts values of rows into some fields of its errors; they may be content.
        err: (error: unknown) =>
          error instanceof Error ? withoutRows(pino.stdSerializers.err(error)) : { message: String(error) },
        // The WebSocket plugin logs the URL of an upgrade that nobody answers.
        path: (path: unknown) => String(path).split('?')[0],
        req: ({ method }: { method?: string }) => ({ method }),
      },
    },
    stream,
  );
}

function withoutRows(error: ReturnType<typeof pino.stdSerializers.err>) {
  // The driver hangs its whole client on the error of a lost connection.
  const { detail: _detail, where: _where, client: _client, ...rest } = error as Record<string, unknown>;
  return rest;
}

/** The engine's and the database's `Log`, written by pino. A field `error` is written as an error with its causes. */
export function journalOf(logger: Logger): Log {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: Record<string, unknown> = {}) => {
      const { error, ...rest } = fields;
      logger[level](error === undefined ? rest : { ...rest, err: error }, event);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
