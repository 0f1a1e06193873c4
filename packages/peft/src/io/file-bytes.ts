import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { PeftError } from '../errors.ts';
import { reasonOf } from '../reason.ts';

/** A file held open for reading at any offset; nothing is read before it is asked for. */
export interface FileBytes {
  readonly path: string;
  readonly size: number;
  /** Exactly `length` bytes from `offset`, in a buffer of their own (so typed views are aligned). */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
  close(): void;
}

// One read call moves at most 2^31 - 4096 bytes on Linux.
const LARGEST_READ = 2 ** 30;

/**
 * Opens a file for reading.
 * @throws PeftError 'not-found' when it cannot be opened; `read` throws 'bad-file' beyond its end
 */
export function openFileBytes(path: string): FileBytes {
  const descriptor = openDescriptor(path);
  const { size } = fstatSync(descriptor);
  let open = true;
  return {
    path,
    size,
    read(offset, length) {
      if (!open) {
        throw new PeftError('bad-file', {
          en: `${path} was already closed.`,
          zh: `${path} 已经关闭。`,
        });
      }
      if (offset < 0 || length < 0 || offset + length > size) {
        throw new PeftError('bad-file', {
          en: `${path} is truncated: bytes ${offset} to ${offset + length} were expected, but it ends at ${size}.`,
          zh: `${path} 不完整：应有第 ${offset} 到 ${offset + length} 字节，而文件到第 ${size} 字节为止。`,
        });
      }
      return readExactly(descriptor, path, offset, length);
    },
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

function openDescriptor(path: string): number {
  try {
    const descriptor = openSync(path, 'r');
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (cause) {
    const why = reasonOf(cause, path);
    throw new PeftError(
      'not-found',
      { en: `Cannot open ${path}: ${why.en}`, zh: `无法打开 ${path}：${why.zh}` },
      { cause },
    );
  }
  throw new PeftError('not-found', { en: `${path} is not a file.`, zh: `${path} 不是文件。` });
}

function readExactly(
  descriptor: number,
  path: string,
  offset: number,
  length: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const wanted = Math.min(length - done, LARGEST_READ);
    const got = readSync(descriptor, bytes, done, wanted, offset + done);
    if (got === 0) {
      throw new PeftError('bad-file', {
        en: `${path} became shorter while it was being read.`,
        zh: `${path} 在读取时变短了。`,
      });
    }
    done += got;
  }
  return bytes;
}
