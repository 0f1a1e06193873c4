import { json, type RequestHandler } from 'express';
import type * as z from 'zod';
import { ServerError } from '../errors.ts';
import { inOneSentence } from '../problem-words/input-problems.ts';
import { schemaProblems } from '../problem-words/schema-problems.ts';
import type { Route } from './route.ts';

/**
 * Reads a JSON body of limited size; fails with 'unsupported-media-type', 'too-large', 'bad-request'.
 * @param optional whether there may be none
 */
export function readJson(limit = '100kb', optional = false): RequestHandler[] {
  const read = json({ limit });
  return [
    (request, _response, next) => {
      const none = optional && request.get('Content-Length') === '0';
      if (!none && request.is('application/json') === false) {
        throw new ServerError('unsupported-media-type', {
          en: 'Send the body as application/json.',
          zh: '请以 application/json 格式发送内容。',
        });
      }
      next();
    },
    (request, response, next) => {
      read(request, response, (error?: unknown) => next(withLimit(error)));
    },
  ];
}

/** What the parser says, with the limit where a body is beyond it. */
function withLimit(error: unknown): unknown {
  if (!(error instanceof Error) || !('type' in error) || !('limit' in error)) return error;
  if (error.type !== 'entity.too.large') return error;
  return new ServerError(
    'too-large',
    {
      en: `The body is larger than the ${error.limit} bytes that are taken here. Send less at once.`,
      zh: `发送的内容超过了此处允许的 ${error.limit} 字节。请减少一次发送的内容。`,
    },
    { cause: error },
  );
}

/** @throws ServerError naming every problem of a part of a request */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: 'body' | 'query' | 'path',
  fieldErrors: Route['fieldErrors'] = {},
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const problems = schemaProblems(schema, value, result.error, { whole: part });
  const codes = new Set(issues.map(({ path }) => fieldErrors[String(path[0])] ?? 'bad-request'));
  const [only = 'bad-request'] = codes.size === 1 ? codes : (['bad-request'] as const);
  const message = inOneSentence(problems);
  // Other codes have words of their own for their field.
  throw new ServerError(only, only === 'bad-request' ? message : message.en, { problems });
}
