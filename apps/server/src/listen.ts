import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DescriptionStore } from '@quaestor/finsql';
import { openKeyStore } from './access/key-store.ts';
import { createApp } from './app.ts';
import { openAnswerStore } from './ask/answer-store.ts';
import { warmUp } from './ask/warm-up.ts';
import { needsKey, readConfig, type ServerConfig, type ServerOptions } from './config.ts';
import { DatabaseCatalog } from './database-catalog.ts';
import { Draining } from './draining.ts';
import { ServerError } from './errors.ts';
import { readQuestions } from './example-questions.ts';
import type { ReportError } from './http-error.ts';
import { breakOffIdleBodies } from './idle-bodies.ts';
import { type LoadModel, ModelLoader } from './model-loader.ts';
import { loadInProcess } from './model-process/model-process.ts';
import { createLog, type Logger, reportTo } from './request-log.ts';
import { createServices, type Services } from './services.ts';
import { makeStateFolder } from './state-folder.ts';
import { openWorkbench } from './workbench.ts';

/** How many ports are tried, from the configured one upwards. */
const PORTS_TRIED = 20;

export interface StartOptions extends ServerOptions {
  /** How the model gets into memory. Default: the base model and adapter of the configuration. */
  readonly load?: LoadModel;
  /** Told of errors that clients only see as a 500. Default: the log. */
  readonly report?: ReportError;
  /** Default: silent. */
  readonly log?: Logger;
  /** Whether a question is tried as soon as the model is loaded, so that the first one need not wait. Default false. */
  readonly warmUp?: boolean;
}

export interface RunningServer {
  /** Where the page is, e.g. `http://127.0.0.1:4321`. */
  readonly url: string;
  /** Resolves when the model is loaded or has failed to; `/api/health` tells which. */
  readonly loaded: Promise<void>;
  /** Takes no more requests, lets those under way end, gives the model back. */
  close(): Promise<void>;
}

/**
 * Listens first and loads the model afterwards, in the background, so that the page is there at once.
 *
 * @throws ServerError 'bad-config' | 'no-free-port'
 */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const { load, report, log = createLog('silent'), warmUp: warms = false, ...given } = options;
  const config = readConfig(given);
  const keys = openKeyStore(join(config.home, 'keys.json'));
  const keyRequired = needsKey(config);
  if (keyRequired && !keys.hasKeys) {
    throw new ServerError(
      'bad-config',
      `The server cannot start: requests to ${config.host} need a key, and there is none. Make one with "quaestor keys add NAME", or listen on 127.0.0.1.`,
    );
  }
  const services = await openServices(config, load, report ?? reportTo(log));
  const draining = new Draining();
  const server = createServer(createApp({ services, keys, keyRequired, draining, log }));
  breakOffIdleBodies(server);
  const { port } = await listen(server, config).catch(async (error: unknown) => {
    await services.close();
    throw error;
  });
  services.workbench.jobs.start();
  const ending = new AbortController();
  const loaded = services.model.start();
  if (warms) void loaded.then(() => warmUp(services, ending.signal));
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}`,
    loaded,
    close: async () => {
      ending.abort();
      services.workbench.endStreams();
      await draining.stop(config.drainSeconds);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await services.close();
    },
  };
}

/**
 * The services over the files that the configuration names; the model is not loaded yet.
 * @throws ServerError 'bad-config' where the state folder cannot be written
 */
export async function openServices(
  config: ServerConfig,
  load: LoadModel | undefined,
  report: ReportError,
): Promise<Services> {
  makeStateFolder(config.home);
  const catalog = new DatabaseCatalog(
    [join(config.home, 'databases'), ...config.databases],
    new DescriptionStore(join(config.home, 'descriptions')),
  );
  const workbench = await openWorkbench(config, catalog, (error) => report(error, 'jobs'));
  return createServices({
    config,
    workbench,
    model: new ModelLoader(load ?? loadInProcess(config), workbench),
    catalog,
    answers: openAnswerStore(join(config.home, 'answers.sqlite')),
    examples: await readQuestions(config.questions),
    report,
  });
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
      else reject(cannotListen(host, port, error));
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

function cannotListen(host: string, port: number, cause: Error): ServerError {
  return new ServerError(
    'bad-config',
    `The server cannot listen on ${host}, port ${port}: ${cause.message}. Choose another address with QUAESTOR_HOST, or another port with QUAESTOR_PORT.`,
    { cause },
  );
}
