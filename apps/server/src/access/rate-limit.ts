import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { ServerError } from '../errors.ts';
import { clientOf, LOCAL } from './client.ts';

/**
 * Requests a minute for each key, or each address where there is none; what is left is told in the
 * `RateLimit` headers of draft 8.
 * @returns a handler that fails with ServerError 'rate-limited'
 */
export function limitRate(ratePerMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: (_request, response) => clientOf(response)?.ratePerMinute ?? ratePerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // A key counts as one wherever it is used; without a key, addresses are told apart.
    keyGenerator: (request, response) => {
      const id = clientOf(response)?.id ?? LOCAL.id;
      return id === LOCAL.id ? ipKeyGenerator(request.ip ?? '') : id;
    },
    handler: (_request, response) => {
      const seconds = Number(response.getHeader('Retry-After')) || 60;
      throw new ServerError(
        'rate-limited',
        `Too many requests with this key in a minute. Go on in ${seconds} seconds.`,
        { retryAfter: seconds },
      );
    },
  });
}
