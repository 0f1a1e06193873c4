import type { RequestHandler } from 'express';
import { ServerError } from './errors.ts';

/**
 * Keeps other sites out of a server that listens on loopback. A page of another site can make the
 * browser send requests here, directly (Origin, Sec-Fetch-Site) or under a name of its own that it
 * points to 127.0.0.1 (DNS rebinding; Host).
 *
 * @param accepted host names, lower case, without port
 * @returns a handler that fails with ServerError 'wrong-host' | 'wrong-origin'
 */
export function guardHost(accepted: ReadonlySet<string>): RequestHandler {
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    if (!accepted.has(hostname(host))) {
      throw new ServerError(
        'wrong-host',
        'This server does not answer under that host name. Open it by the address it printed when it started.',
      );
    }
    const origin = request.headers.origin;
    const foreignOrigin =
      origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
    if (foreignOrigin || request.headers['sec-fetch-site'] === 'cross-site') {
      throw new ServerError('wrong-origin', 'Pages of other sites may not use this server.');
    }
    next();
  };
}

/** The name in a Host header, lower case and without brackets; '' when it is not `name` or `name:port`. */
function hostname(host: string): string {
  const match = /^(?:\[([0-9a-f:]+)\]|([^:/?#@\s]+))(?::\d+)?$/i.exec(host);
  return (match?.[1] ?? match?.[2] ?? '').toLowerCase();
}
