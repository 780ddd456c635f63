import { DatabaseSetupError } from '@tidemark/database';
import { StartError } from '@tidemark/postgres';
import { readConfig, StartRefusal } from './config.ts';
import { createLogger } from './journal.ts';
import { type Server, startServer } from './server.ts';

/** Milliseconds a stop may take before it is forced. */
const patience = 30_000;
/** One Ctrl-C may come twice, from the terminal and from the launcher: within this time, in milliseconds, it is one. */
const oneSignal = 500;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  let stopping = false;
  let askedAt = 0;
  let server: Server | null = null;
  const stop = (signal: string) => {
    if (stopping && Date.now() - askedAt < oneSignal) return;
    if (stopping) {
      logger.warn('stopped by force');
      process.exit(1);
    }
    stopping = true;
    askedAt = Date.now();
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('the stop took too long');
      process.exit(1);
    }, patience).unref();
    // Before it is up, `startServer` is waited for, so that Postgres is never left half started.
    if (server) void leave(server);
  };
  const leave = async (running: Server) => {
    try {
      await running.destroy();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'the stop failed');
      process.exit(1);
    }
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGHUP', () => stop('SIGHUP'));
  // From the launcher, if one has started this process. It passes on signals that a terminal has often sent here as
  // well, so they are never a reason to force; and when it is gone, whatever killed it, nobody is left to stop us.
  process.on('message', (message) => {
    if (!stopping && isStop(message)) stop(message.stop);
  });
  process.on('disconnect', () => {
    if (!stopping) stop('launcher gone');
  });
  // A bug: what it left behind is unknown, so the process ends. All that was acknowledged is in the log.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'a bug');
    process.exit(1);
  });

  server = await startServer(config, logger);
  if (stopping) return leave(server);
  process.stdout.write(`Tidemark is ready at ${server.origin}\n`);
}

function isStop(message: unknown): message is { stop: string } {
  return typeof message === 'object' && message !== null && 'stop' in message;
}

try {
  await main();
} catch (error) {
  const expected =
    error instanceof StartRefusal || error instanceof StartError || error instanceof DatabaseSetupError;
  process.stderr.write(`tidemark: ${expected ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
}
