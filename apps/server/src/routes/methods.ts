import type { RequestHandler } from 'express';
import { ServerError } from '../errors.ts';

/** Last handler of a route: 405, naming the method that works. */
export function allowOnly(method: 'GET' | 'POST'): RequestHandler {
  return (request, response) => {
    response.set('Allow', method === 'GET' ? 'GET, HEAD' : method);
    throw new ServerError(
      'method-not-allowed',
      `${request.path} takes ${method}, not ${request.method}.`,
    );
  };
}
