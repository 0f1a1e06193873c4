/**
 * The Model Context Protocol over standard input and output, for assistants that start their servers
 * themselves. Standard output carries the protocol and nothing else.
 */
import { randomUUID } from 'node:crypto';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { LOCAL } from './access/client.ts';
import { readConfig } from './config.ts';
import { ServerError } from './errors.ts';
import { openServices } from './listen.ts';
import { createMcpServer } from './mcp/create-mcp-server.ts';
import { toolServices } from './mcp/tool-services.ts';
import { createLog, reportTo } from './request-log.ts';
import { SHIPPED_QUESTIONS } from './shipped-questions.ts';

process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
// Answers, databases and profiles are nobody else's; processes that are started have it, too.
process.umask(0o077);

try {
  const config = readConfig(SHIPPED_QUESTIONS);
  const report = reportTo(createLog(config.logLevel));
  const services = await openServices(config, undefined, report);
  const server = createMcpServer({
    services: toolServices(services),
    client: LOCAL,
    requestId: randomUUID(),
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void services.close().then(() => process.exit(0));
  };
  server.server.onclose = end;
  process.stdin.on('end', end);
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
  await server.connect(new StdioServerTransport());
  await services.model.start();
} catch (error) {
  if (!(error instanceof ServerError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === 'bad-config' ? 2 : 1;
}
