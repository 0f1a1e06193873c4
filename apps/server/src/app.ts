import { randomUUID } from 'node:crypto';
import type { TextToSqlItem } from '@quaestor/finsql';
import express, { type Express } from 'express';
import { AskQueue } from './ask-queue.ts';
import { acceptedHostnames, type ServerConfig } from './config.ts';
import type { DatabaseCatalog } from './database-catalog.ts';
import { guardHost } from './host-guard.ts';
import { errorHandler, noSuchRoute, type ReportError } from './http-error.ts';
import type { ModelLoader } from './model-loader.ts';
import { askRoute } from './routes/ask.ts';
import { databasesRoute } from './routes/databases.ts';
import { healthRoute } from './routes/health.ts';
import { securityHeaders } from './security-headers.ts';
import { staticFiles } from './static-files.ts';

export interface AppDependencies {
  readonly config: ServerConfig;
  readonly model: ModelLoader;
  readonly catalog: DatabaseCatalog;
  /** Questions to offer for a database. */
  readonly examples: readonly TextToSqlItem[];
  /** Told about errors that the client only sees as a 500. Default: nobody. */
  readonly report?: ReportError;
}

/** The HTTP application; does not listen and keeps no state beside its dependencies and the queue. */
export function createApp(dependencies: AppDependencies): Express {
  const { config, model, catalog, examples, report = () => {} } = dependencies;
  const queue = new AskQueue(config.maxWaiting);
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    const requestId = randomUUID();
    response.locals.requestId = requestId;
    response.set('X-Request-Id', requestId);
    next();
  });
  app.use(securityHeaders());
  app.use(guardHost(acceptedHostnames(config)));
  app.use(healthRoute(model, queue));
  app.use(databasesRoute(catalog, examples));
  app.use(askRoute({ model, catalog, queue, askSeconds: config.askSeconds, report }));
  app.use(staticFiles());
  app.use(noSuchRoute);
  app.use(errorHandler(report));
  return app;
}
