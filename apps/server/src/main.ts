/** The server as a process: environment → listen → SIGINT, SIGTERM, SIGHUP. */
import { readConfig } from './config.ts';
import { ServerError } from './errors.ts';
import { type RunningServer, startServer } from './listen.ts';
import { createLog } from './request-log.ts';
import { SHIPPED_QUESTIONS } from './shipped-questions.ts';

/** Milliseconds in which a second signal is taken for the first: terminal and launcher both send it. */
const SAME_SIGNAL = 500;

process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
// Answers, databases and profiles are nobody else's; processes that are started have it, too.
process.umask(0o077);
// A full disk under what is printed, or a reader that has gone, ends no server.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

try {
  const server = await startServer({
    ...SHIPPED_QUESTIONS,
    log: createLog(readConfig().logLevel),
    warmUp: true,
  });
  const asJson = process.env.QUAESTOR_ANNOUNCE === 'json';
  process.stdout.write(
    asJson ? `${JSON.stringify({ url: server.url })}\n` : `Quaestor is at ${server.url}\n`,
  );
  stopOnSignal(server);
} catch (error) {
  if (!(error instanceof ServerError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === 'bad-config' ? 2 : 1;
}

/** The first signal lets requests under way end; a second one does not. */
function stopOnSignal(server: RunningServer): void {
  let first = 0;
  const stop = () => {
    if (first === 0) {
      first = performance.now();
      void server.close().then(() => process.exit(0));
    } else if (performance.now() - first > SAME_SIGNAL) {
      process.exit(1);
    }
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
}
