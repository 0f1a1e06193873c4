import { readFileSync, type Stats } from 'node:fs';
import { PeftError } from '../errors.ts';
import { reasonOf } from '../reason.ts';
import { statIfThere } from './stat-if-there.ts';

/**
 * Parses a JSON file (a byte order mark is allowed).
 *
 * @param most bytes that it may have; more are refused unread
 * @throws PeftError 'not-found' when it cannot be read or is no regular file, 'bad-file' when it is too
 *   large or not JSON
 */
export function readJson(path: string, most = Number.POSITIVE_INFINITY): unknown {
  const { size } = regularFile(path);
  if (size > most) {
    throw new PeftError('bad-file', {
      en: `${path} has ${size} bytes; expected JSON of at most ${most}.`,
      zh: `${path} 有 ${size} 字节，JSON 文件最多 ${most} 字节。`,
    });
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const why = reasonOf(cause, path);
    throw new PeftError(
      'not-found',
      { en: `Cannot read ${path}: ${why.en}`, zh: `无法读取 ${path}：${why.zh}` },
      { cause },
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = reasonOf(cause, path);
    throw new PeftError(
      'bad-file',
      { en: `${path} is not JSON: ${why.en}`, zh: `${path} 不是 JSON：${why.zh}` },
      { cause },
    );
  }
}

/**
 * What is known of a file before it is opened: a pipe or a device would be read for ever.
 * @throws PeftError 'not-found'
 */
export function regularFile(path: string): Stats {
  const stats = statIfThere(path);
  if (stats?.isFile()) return stats;
  throw new PeftError(
    'not-found',
    stats === undefined
      ? { en: `Cannot read ${path}: there is no such file.`, zh: `没有 ${path} 这个文件。` }
      : { en: `Cannot read ${path}: it is no regular file.`, zh: `${path} 不是普通文件。` },
  );
}
