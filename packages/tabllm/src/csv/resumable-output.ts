/**
 * A CSV file that is written in pieces and can be gone on with after a stop. Until it is finished it
 * lies under another name in the same folder, with a note of what it is made from; a stop leaves it
 * there, and the next run of the same work cuts off a half-written row and appends.
 */
import { existsSync, readFileSync } from 'node:fs';
import { open, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '@quaestor/peft';
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
  /** Flushes and gives the file its name. */
  finish(): Promise<void>;
  /** Closes the file as it is; a later run goes on. Without effect once that is done, or it is finished. */
  stop(): Promise<void>;
}

export interface OutputOptions {
  readonly columns: readonly string[];
  /** Tells the work apart: input, model, settings. A part made from something else starts anew. */
  readonly fingerprint: string;
  readonly delimiter?: string;
  /** Told when rows are with the system: a later run has no need to make them again. */
  readonly onKept?: () => void;
}

/** What is written at once: a few rows at a time cost more than to predict them. */
const HELD = { characters: 64 * 1024, ms: 1000 };

const note = z.object({ fingerprint: z.string(), columns: z.array(z.string()) });

/** @throws TabLlmError 'bad-csv' when the file cannot be written */
export async function openOutput(path: string, options: OutputOptions): Promise<ResumableOutput> {
  const { columns, fingerprint, delimiter = ',', onKept } = options;
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new TabLlmError('bad-csv', {
      en: `Cannot write ${path}: there is no folder ${folder}. Create it, or give another path.`,
      zh: `无法写入 ${path}：没有文件夹 ${folder}。请先创建它，或改用其他路径。`,
    });
  }
  const part = join(folder, `.${basename(path)}.part`);
  const noteFile = `${part}.json`;
  try {
    const whole = isSameWork(part, noteFile, options) ? await wholeRecords(part) : NOTHING;
    if (whole.records === 0) {
      await writeFile(noteFile, JSON.stringify({ fingerprint, columns }));
      await writeFile(part, csvText([columns], { delimiter }));
    } else await truncate(part, whole.bytes);
    const file = await open(part, 'a');
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
      if (text !== '') onKept?.();
    };
    return {
      done: Math.max(0, whole.records - 1),
      write: async (rows) => {
        expectOpen();
        held += csvText(rows, { delimiter });
        if (held.length >= HELD.characters || performance.now() - since >= HELD.ms) await hand();
      },
      stop: async () => {
        if (closed) return;
        await hand();
        await close();
      },
      finish: async () => {
        expectOpen();
        await hand();
        await file.sync();
        await close();
        await rename(part, path);
        await rm(noteFile, { force: true });
      },
    };
  } catch (cause) {
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
    const { fingerprint, columns } = note.parse(JSON.parse(readFileSync(noteFile, 'utf8')));
    return (
      fingerprint === options.fingerprint &&
      JSON.stringify(columns) === JSON.stringify(options.columns)
    );
  } catch {
    // A note cut off while it was written.
    return false;
  }
}
