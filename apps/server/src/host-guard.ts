import type { Request, RequestHandler } from 'express';
import { ServerError } from './errors.ts';

/**
 * Keeps other sites out of a server that listens on loopback. A page of another site can make the
 * browser send requests here, directly (Origin, Sec-Fetch-Site) or under a name of its own that it
 * points to 127.0.0.1 (DNS rebinding; Host). A link that somebody follows to a page here is let in:
 * the other site sees nothing of it.
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
    const crossSite = request.headers['sec-fetch-site'] === 'cross-site';
    if (foreignOrigin || (crossSite && !followsLink(request))) {
      throw new ServerError('wrong-origin', 'Pages of other sites may not use this server.');
    }
    next();
  };
}

/** A whole tab goes to a page, as by a link in a mail; not a frame, and not the interface of programs. */
function followsLink({ method, path, headers }: Request): boolean {
  return (
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document' &&
    !/^\/(?:api|v1|mcp|metrics)(?:\/|$)/i.test(path)
  );
}

/** The name in a Host header, lower case and without brackets; '' when it is not `name` or `name:port`. */
function hostname(host: string): string {
  const match = /^(?:\[([0-9a-f:]+)\]|([^:/?#@\s]+))(?::\d+)?$/i.exec(host);
  return (match?.[1] ?? match?.[2] ?? '').toLowerCase();
}
