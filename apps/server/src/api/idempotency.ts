/**
 * Idempotency-Key: a request that is sent again after a broken connection is answered with what the
 * first was answered with, and nothing is done twice.
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Client } from '../access/client.ts';
import { ServerError } from '../errors.ts';

interface Reply {
  readonly fingerprint: string;
  readonly at: number;
  /** Undefined while the first request is being answered. */
  answered?: {
    readonly status: number;
    readonly location: string | undefined;
    readonly body: unknown;
    /** Of the body, as JSON. */
    readonly bytes: number;
  };
}

/** Answers by client, path and key; the oldest go first, by number and by bytes. */
export type Replies = Map<string, Reply>;

const KEPT_MS = 24 * 60 * 60 * 1000;
const MOST = 1000;
/** Of all bodies together. */
const MOST_BYTES = 64 * 1024 * 1024;
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Does the work once for each key; without the header, always.
 * @throws ServerError 'bad-request' | 'in-progress' | 'key-reused', or what the work throws, after
 * which the key is free again
 */
export async function replayed(
  replies: Replies,
  call: {
    readonly request: Request;
    readonly response: Response;
    readonly client: Client;
    readonly body: unknown;
  },
  work: () => Promise<unknown>,
): Promise<unknown> {
  const { request, response, client, body } = call;
  const key = request.get('Idempotency-Key');
  if (key === undefined) return work();
  if (!KEY.test(key)) {
    throw new ServerError('bad-request', {
      en: 'Idempotency-Key: expected 1 to 255 visible ASCII characters, such as a UUID.',
      zh: 'Idempotency-Key 应为 1 到 255 个可见的 ASCII 字符，例如 UUID。',
    });
  }
  const place = `${client.id} ${request.method} ${request.path} ${key}`;
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('base64');
  const known = replies.get(place);
  if (known !== undefined && Date.now() - known.at < KEPT_MS) {
    return repeat(known, fingerprint, response);
  }
  const reply: Reply = { fingerprint, at: Date.now() };
  replies.delete(place);
  replies.set(place, reply);
  try {
    const result = await work();
    reply.answered = {
      status: response.statusCode,
      location: response.get('Location'),
      body: result,
      bytes: Buffer.byteLength(JSON.stringify(result) ?? ''),
    };
    makeRoom(replies);
    return result;
  } catch (error) {
    replies.delete(place);
    throw error;
  }
}

/** Drops the oldest; those that are still being answered stay, or their work would be done twice. */
function makeRoom(replies: Replies): void {
  let bytes = 0;
  for (const { answered } of replies.values()) bytes += answered?.bytes ?? 0;
  for (const [place, { answered }] of replies) {
    if (replies.size <= MOST && bytes <= MOST_BYTES) break;
    if (answered === undefined) continue;
    bytes -= answered.bytes;
    replies.delete(place);
  }
}

function repeat({ fingerprint, answered }: Reply, own: string, response: Response): unknown {
  if (fingerprint !== own) {
    throw new ServerError(
      'key-reused',
      'This Idempotency-Key came with another request before. Use a new key for each request.',
    );
  }
  if (answered === undefined) {
    throw new ServerError(
      'in-progress',
      'The request with this Idempotency-Key is still being answered.',
      { retryAfter: 2 },
    );
  }
  response.status(answered.status).set('Idempotent-Replayed', 'true');
  if (answered.location !== undefined) response.set('Location', answered.location);
  return answered.body;
}
