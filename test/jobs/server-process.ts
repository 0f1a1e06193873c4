// A server to be stopped: `server-process OPTIONS`. It prints its address when its model is there.
import { startServer } from '../../apps/server/src/listen.ts';

process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';

const server = await startServer({
  ...JSON.parse(process.argv[2] ?? '{}'),
  report: (error) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
});
await server.loaded;
process.once('SIGTERM', () => {
  void server.close().then(() => process.exit(0));
});
process.stdout.write(`${server.url}\n`);
