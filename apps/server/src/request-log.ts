/** One line for each request, as JSON: which route, how long, how it ended; never what was in it. */
import type { RequestHandler } from 'express';
import pino, { type DestinationStream, type Logger } from 'pino';
import { clientOf } from './access/client.ts';
import type { ReportError } from './http-error.ts';
import type { Metrics } from './metrics.ts';

export type { Logger };

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Bytes of lines that wait for room on a full disk; what comes beyond them is dropped. */
const MOST_WAITING = 1_000_000;

/** @param destination default: standard error */
export function createLog(
  level: (typeof LOG_LEVELS)[number],
  destination: DestinationStream = lasting(2),
): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** Goes on where nothing can be written (a full disk, a reader that has gone), and tries again with each line. */
export function lasting(descriptor: number): DestinationStream {
  const destination = pino.destination({ fd: descriptor, sync: true, maxLength: MOST_WAITING });
  destination.on('error', () => {});
  return destination;
}

/** Logs and counts every request when its response is over. */
export function logRequests(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.on('close', () => {
      const milliseconds = performance.now() - began;
      // A path may hold names of databases; the route it matched does not.
      const route: string = response.locals.route ?? `${request.method} (file or nothing)`;
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.request(route, status, milliseconds / 1000);
      log.info({
        request_id: response.locals.requestId,
        route,
        status,
        ms: Math.round(milliseconds),
        key: clientOf(response)?.id ?? null,
      });
    });
    next();
  };
}

/** Logs errors that nobody expected: where they came from; their message, which may quote data, only at level debug. */
export function reportTo(log: Logger): ReportError {
  return (error, requestId) => {
    if (!(error instanceof Error)) {
      log.error({ request_id: requestId, error: typeof error });
      return;
    }
    const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
    const code = 'code' in error ? String(error.code) : undefined;
    log.error({ request_id: requestId, error: error.name, code, stack });
    log.debug({ request_id: requestId, message: error.message });
  };
}
