import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from './app.ts';
import { readConfig, type ServerConfig, type ServerOptions } from './config.ts';
import { DatabaseCatalog } from './database-catalog.ts';
import { ServerError } from './errors.ts';
import { readQuestions } from './example-questions.ts';
import type { ReportError } from './http-error.ts';
import { type LoadModel, ModelLoader } from './model-loader.ts';

/** How many ports are tried, from the configured one upwards. */
const PORTS_TRIED = 20;

export interface StartOptions extends ServerOptions {
  /** How the model gets into memory. Default: the base model and adapter of the configuration. */
  readonly load?: LoadModel;
  readonly report?: ReportError;
}

export interface RunningServer {
  /** Where the page is, e.g. `http://127.0.0.1:4321`. */
  readonly url: string;
  /** Resolves when the model is loaded or has failed to; `/api/health` tells which. */
  readonly loaded: Promise<void>;
  /** Stops listening, ends open streams, gives the model back. */
  close(): Promise<void>;
}

/**
 * Listens first and loads the model afterwards, in the background, so that the page is there at once.
 *
 * @throws ServerError 'bad-config' | 'no-free-port'
 */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const { load, report, ...given } = options;
  const config = readConfig(given);
  const model = new ModelLoader(load ?? loadConfiguredModel(config));
  const app = createApp({
    config,
    model,
    catalog: new DatabaseCatalog([join(config.home, 'databases'), ...config.databases]),
    examples: await readQuestions(config.questions),
    ...(report === undefined ? {} : { report }),
  });
  const server = createServer(app);
  const { port } = await listen(server, config);
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}`,
    loaded: model.start(),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await model.close();
    },
  };
}

/** The engine is only read from disk once the page is being served. */
function loadConfiguredModel(config: ServerConfig): LoadModel {
  return async (report, signal) => {
    const { loadModel } = await import('./wiring.ts');
    return loadModel(config)(report, signal);
  };
}

async function listen(server: Server, { host, port }: ServerConfig): Promise<AddressInfo> {
  const last = port === 0 ? 0 : Math.min(port + PORTS_TRIED - 1, 65535);
  for (let next = port; next <= last; next++) {
    if (await listens(server, host, next)) return server.address() as AddressInfo;
  }
  throw new ServerError(
    'no-free-port',
    `Ports ${port} to ${last} of ${host} are all in use. Stop what uses them or choose another with QUAESTOR_PORT.`,
  );
}

/** @returns false when the port is taken; any other reason is thrown */
function listens(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}
