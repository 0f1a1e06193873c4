import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import { ServerError } from '../errors.ts';
import { clientOf, LOCAL } from './client.ts';

/**
 * Requests a minute for each key, or each address where there is none; what is left is told in the
 * `RateLimit` headers of draft 8.
 * @returns a handler that fails with ServerError 'rate-limited'
 */
export function limitRate(ratePerMinute: number): RequestHandler {
  const store = new MemoryStore();
  const limitOf = (response: Response) => clientOf(response)?.ratePerMinute ?? ratePerMinute;
  const countOne = rateLimit({
    windowMs: 60_000,
    limit: (_request, response) => limitOf(response),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    store,
    keyGenerator: counterOf,
    handler: (_request, response) => {
      throw tooMany(Number(response.getHeader('Retry-After')) || 60);
    },
  });
  return (request, response, next) => {
    const countMore: CountMore = async (requests) => {
      for (let i = 0; i < requests; i++) {
        const { totalHits, resetTime } = await store.increment(counterOf(request, response));
        if (totalHits <= limitOf(response)) continue;
        const wait = ((resetTime?.getTime() ?? Date.now()) - Date.now()) / 1000;
        throw tooMany(Math.max(1, Math.ceil(wait)));
      }
    };
    response.locals.countMore = countMore;
    return countOne(request, response, next);
  };
}

/**
 * Counts a request that holds several as that many.
 * @throws ServerError 'rate-limited' before any of them is begun
 */
export async function countAll(response: Response, requests: number): Promise<void> {
  const countMore: CountMore | undefined = response.locals.countMore;
  await countMore?.(requests - 1);
}

type CountMore = (requests: number) => Promise<void>;

/** A key counts as one wherever it is used; without a key, addresses are told apart. */
function counterOf(request: Request, response: Response): string {
  const id = clientOf(response)?.id ?? LOCAL.id;
  return id === LOCAL.id ? ipKeyGenerator(request.ip ?? '') : id;
}

function tooMany(seconds: number): ServerError {
  return new ServerError(
    'rate-limited',
    `Too many requests with this key in a minute. Go on in ${seconds} seconds.`,
    { retryAfter: seconds },
  );
}
