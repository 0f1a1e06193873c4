/** The server as a process: environment → listen → SIGINT, SIGTERM. The only file with side effects. */
import { startServer } from './listen.ts';

const server = await startServer({
  report: (error, requestId) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`request ${requestId}: ${text}\n`);
  },
});
process.stdout.write(`Quaestor is at ${server.url}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void server.close().then(() => process.exit(0));
  });
}
