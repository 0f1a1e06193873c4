/** A request's body → a file, never more of it in memory than a piece. */
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import { byteSize } from '../byte-size.ts';
import { hasNoRoom } from '../disk-full.ts';
import { ServerError } from '../errors.ts';

/** Media types under which a form or JSON comes; a file comes as it is. */
const NOT_A_FILE = ['multipart/*', 'application/json', 'application/x-www-form-urlencoded'];

const BROKEN_OFF: ReadonlySet<unknown> = new Set(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);

/**
 * Writes the body under another name, flushes it, then gives it its name.
 * @returns its bytes
 * @throws ServerError 'unsupported-media-type', 'too-large', 'bad-upload' for an empty one, 'aborted',
 *   'disk-full'
 */
export async function receiveFile(request: Request, path: string, most: number): Promise<number> {
  const encoding = request.get('Content-Encoding') ?? 'identity';
  if (encoding !== 'identity' || typeof request.is(NOT_A_FILE) === 'string') {
    throw new ServerError(
      'unsupported-media-type',
      'Send the file itself as the body, neither packed nor in a form: Content-Type: text/csv or application/octet-stream.',
    );
  }
  if (Number(request.get('Content-Length') ?? 0) > most) throw tooLarge(most);
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  let bytes = 0;
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes > most) done(tooLarge(most));
      else done(null, piece);
    },
  });
  try {
    await pipeline(request, counted, createWriteStream(part));
    if (bytes === 0) {
      throw new ServerError('bad-upload', { en: 'The file is empty.', zh: '文件是空的。' });
    }
    const file = await open(part, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    return bytes;
  } catch (error) {
    await rm(part, { force: true });
    throw inWords(error);
  }
}

/** What the client or the operator can do something about; anything else stays what it is. */
function inWords(error: unknown): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (BROKEN_OFF.has(code)) {
    return new ServerError('aborted', 'The upload was broken off.', { cause: error });
  }
  if (!hasNoRoom(error)) return error;
  return new ServerError(
    'disk-full',
    {
      en: 'The disk of the server is full, so the file could not be kept. Make room on it, then send the file again.',
      zh: '服务器磁盘空间不足，文件未能保存。请先腾出空间，再重新上传。',
    },
    { cause: error },
  );
}

function tooLarge(most: number): ServerError {
  return new ServerError('too-large', {
    en: `The file is larger than the ${byteSize(most)} that this server takes.`,
    zh: `文件超过了此服务器允许的 ${byteSize(most)}。`,
  });
}
