import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import { authenticate } from './access/authenticate.ts';
import type { KeyStore } from './access/key-store.ts';
import { limitRate } from './access/rate-limit.ts';
import { mountRoutes } from './api/mount.ts';
import { openaiErrors } from './api/openai-errors.ts';
import { acceptedHostnames } from './config.ts';
import type { Draining } from './draining.ts';
import { guardHost } from './host-guard.ts';
import { errorHandler, noSuchRoute } from './http-error.ts';
import { noSuchPage } from './page/page-routes.ts';
import { type Logger, logRequests } from './request-log.ts';
import { allRoutes } from './routes/index.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';
import { staticFiles } from './static-files.ts';

export interface AppDependencies {
  readonly services: Services;
  readonly keys: KeyStore;
  /** Whether requests without a key are refused. */
  readonly keyRequired: boolean;
  readonly draining: Draining;
  readonly log: Logger;
}

/** The HTTP application; does not listen and keeps no state beside its dependencies. */
export function createApp(dependencies: AppDependencies): Express {
  const { services, keys, keyRequired, draining, log } = dependencies;
  const { config, metrics, report } = services;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use((_request, response, next) => {
    const requestId = randomUUID();
    response.locals.requestId = requestId;
    response.set('X-Request-Id', requestId);
    next();
  });
  app.use(logRequests(log, metrics));
  app.use(securityHeaders());
  app.use(guardHost(acceptedHostnames(config)));
  app.use(draining.handler());
  app.use(staticFiles());
  app.use(authenticate(keys, keyRequired));
  app.use(limitRate(config.ratePerMinute));
  app.use(mountRoutes(allRoutes(services)));
  app.use(noSuchPage);
  app.use(noSuchRoute);
  app.use('/v1', openaiErrors(report, config.home));
  app.use(errorHandler(report, config.home));
  return app;
}
