/** The server as a process: environment → listen → SIGINT, SIGTERM. The only file with side effects. */
import { ServerError } from './errors.ts';
import { type RunningServer, startServer } from './listen.ts';
import { inRepository } from './repository.ts';

process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';

const demoQuestions = inRepository('data/demo/questions-train.json');
const generatedQuestions = inRepository('data/demo/questions-generated.json');

try {
  const server = await startServer({
    // Offered are questions whose SQL is known: a first click is to succeed. The held-out ones measure.
    questions: [demoQuestions],
    exemplars: [demoQuestions, generatedQuestions],
    report: (error, requestId) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`request ${requestId}: ${text}\n`);
    },
  });
  process.stdout.write(`Quaestor is at ${server.url}\n`);
  stopOnSignal(server);
} catch (error) {
  if (!(error instanceof ServerError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === 'bad-config' ? 2 : 1;
}

function stopOnSignal(server: RunningServer): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
}
