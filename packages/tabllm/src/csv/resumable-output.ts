/**
 * A CSV file that is written in pieces and can be gone on with after a stop. Until it is finished it
 * lies under another name in the same folder, with a note of what it is made from; a stop leaves it
 * there, and the next run of the same work cuts off a half-written row and appends. One process at a
 * time writes it.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type HeldLock, holdLock, reasonOf } from '@quaestor/peft';
import * as z from 'zod';
import { TabLlmError } from '../errors.ts';
import { csvText, type OutputCell } from './csv-text.ts';
import { NOTHING, wholeRecords } from './whole-records.ts';

export interface ResumableOutput {
  /** Rows that an earlier run has written. */
  readonly done: number;
  /**
   * Rows are with the system after a second or 64 KiB, for which this waits, so that memory stays bounded.
   * @throws TabLlmError 'bad-csv' once the file is finished or stopped, as `finish` does
   */
  write(rows: readonly (readonly OutputCell[])[]): Promise<void>;
  /**
   * Flushes and gives the file its name.
   * @throws TabLlmError 'bad-csv' when it holds anything else than the rows that were written, or cannot be put there
   */
  finish(): Promise<void>;
  /** Closes the file as it is; a later run goes on. Without effect once that is done, or it is finished. */
  stop(): Promise<void>;
}

export interface OutputOptions {
  readonly columns: readonly string[];
  /** Tells the work apart: input, model, settings. A part made from something else starts anew. */
  readonly fingerprint: string;
  readonly delimiter?: string;
  /** Whether it begins with a byte order mark, without which Excel does not read UTF-8; default false. */
  readonly marked?: boolean;
  /** Told when rows are with the system: a later run has no need to make them again. */
  readonly onKept?: () => void;
}

/** What is written at once: a few rows at a time cost more than to predict them. */
const HELD = { characters: 64 * 1024, ms: 1000 };

const note = z.object({
  fingerprint: z.string(),
  columns: z.array(z.string()),
  delimiter: z.string(),
  marked: z.boolean(),
});

/** @throws TabLlmError 'bad-csv' when the file cannot be written, or is being written already */
export async function openOutput(path: string, options: OutputOptions): Promise<ResumableOutput> {
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new TabLlmError('bad-csv', {
      en: `Cannot write ${path}: there is no folder ${folder}. Create it, or give another path.`,
      zh: `无法写入 ${path}：没有文件夹 ${folder}。请先创建它，或改用其他路径。`,
    });
  }
  const part = join(folder, `.${basename(path)}.part`);
  return inWords(path, async () => {
    const lock = expectAlone(path, `${part}.lock`);
    try {
      return await openPart(path, part, options, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

async function openPart(
  path: string,
  part: string,
  options: OutputOptions,
  lock: HeldLock,
): Promise<ResumableOutput> {
  const { columns, fingerprint, delimiter = ',', marked = false, onKept } = options;
  const noteFile = `${part}.json`;
  const whole = isSameWork(part, noteFile, options) ? await wholeRecords(part) : NOTHING;
  const header = `${marked ? '\ufeff' : ''}${csvText([columns], { delimiter })}`;
  if (whole.records === 0) {
    // A part of other work is never beside the note of this.
    await rm(noteFile, { force: true });
    await writeFile(part, header);
    await writeFile(noteFile, JSON.stringify({ fingerprint, columns, delimiter, marked }));
  } else await truncate(part, whole.bytes);
  const file = await open(part, 'a');
  let bytes = whole.records === 0 ? Buffer.byteLength(header) : whole.bytes;
  let [held, since] = ['', performance.now()];
  let closed = false;
  const expectOpen = (): void => {
    if (!closed) return;
    throw new TabLlmError('bad-csv', {
      en: `${path} is finished or stopped and takes no more rows. Open it again by openOutput.`,
      zh: `${path} 已完成或已停止，不能再写入。请用 openOutput 重新打开。`,
    });
  };
  const close = async (): Promise<void> => {
    closed = true;
    await file.close();
  };
  const hand = async (): Promise<void> => {
    const text = held;
    [held, since] = ['', performance.now()];
    await file.appendFile(text);
    bytes += Buffer.byteLength(text);
    if (text !== '') onKept?.();
  };
  return {
    done: Math.max(0, whole.records - 1),
    write: async (rows) => {
      expectOpen();
      held += csvText(rows, { delimiter });
      if (held.length < HELD.characters && performance.now() - since < HELD.ms) return;
      await inWords(path, hand);
    },
    stop: async () => {
      if (closed) return;
      try {
        await inWords(path, hand);
      } finally {
        await close();
        lock.release();
      }
    },
    finish: async () => {
      expectOpen();
      await inWords(path, async () => {
        try {
          await hand();
          await file.sync();
          await expectWhole(path, part, file, bytes);
          await rename(part, path);
          await rm(noteFile, { force: true });
        } finally {
          await close();
          lock.release();
        }
      });
    },
  };
}

/** @throws TabLlmError 'bad-csv' naming the process that writes the file */
function expectAlone(path: string, lock: string): HeldLock {
  const held = holdLock(lock);
  if (typeof held !== 'number') return held;
  throw new TabLlmError('bad-csv', {
    en: `Process ${held} is writing ${path} already: expected one at a time. Wait for it, stop it, or give another path; if that process is something else, remove ${lock}.`,
    zh: `进程 ${held} 正在写入 ${path}，同一文件一次只能由一个进程写入。请等待其完成、将其停止，或改用其他路径；如果该进程并不是在写入它，请删除 ${lock}。`,
  });
}

/** @throws TabLlmError 'bad-csv' when the part was removed, replaced or written to by something else */
async function expectWhole(
  path: string,
  part: string,
  file: FileHandle,
  bytes: number,
): Promise<void> {
  const [own, there] = [await file.stat(), statSync(part, { throwIfNoEntry: false })];
  if (there?.ino === own.ino && own.size === bytes) return;
  // What is left of it is nothing to go on from.
  await rm(`${part}.json`, { force: true });
  const what =
    there?.ino === own.ino
      ? {
          en: `changed: expected ${bytes} bytes, got ${own.size}`,
          zh: `已被改动，应有 ${bytes} 字节，实际为 ${own.size} 字节`,
        }
      : { en: 'removed or replaced', zh: '已被删除或替换' };
  throw new TabLlmError('bad-csv', {
    en: `Cannot write ${path}: ${part}, which becomes it, was ${what.en}. Run the same again, with nothing else at that file.`,
    zh: `无法写入 ${path}：用来生成它的 ${part} ${what.zh}。请重新运行，期间不要让其他程序改动该文件。`,
  });
}

/** What the system says, as an error of this package. */
async function inWords<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TabLlmError) throw cause;
    const why = reasonOf(cause, path);
    throw new TabLlmError(
      'bad-csv',
      { en: `Cannot write ${path}: ${why.en}`, zh: `无法写入 ${path}：${why.zh}` },
      { cause },
    );
  }
}

function isSameWork(part: string, noteFile: string, options: OutputOptions): boolean {
  if (!existsSync(part) || !existsSync(noteFile)) return false;
  try {
    const made = note.parse(JSON.parse(readFileSync(noteFile, 'utf8')));
    const { fingerprint, columns, delimiter = ',', marked = false } = options;
    return isDeepStrictEqual(made, { fingerprint, columns: [...columns], delimiter, marked });
  } catch {
    // A note cut off while it was written.
    return false;
  }
}
