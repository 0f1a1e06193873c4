/** What a job's process says on standard error, one JSON object a line; other lines are its log. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type Text, text, textIn } from '@quaestor/peft';
import * as z from 'zod';
import type { JobError } from './job.ts';

const record = z.discriminatedUnion('type', [
  z.object({ type: z.literal('exit'), code: z.int() }),
  z.object({
    type: z.literal('error'),
    code: z.string(),
    message: z.string(),
    chinese: z.string().optional(),
  }),
  z.object({
    type: z.literal('progress'),
    text,
    fraction: z.number().nullish(),
  }),
  z.object({ type: z.literal('log'), text }),
  z.looseObject({ type: z.literal('step'), step: z.number() }),
  z.looseObject({ type: z.literal('checkpoint'), step: z.number() }),
  z.looseObject({ type: z.literal('resumed'), step: z.number() }),
  z.object({ type: z.literal('kept') }),
]);

export type WorkerRecord = z.output<typeof record>;

/** Read in one go; the rest is read the next time. */
const MOST_BYTES = 1 << 20;
const LONGEST_LINE = 4_000;
/** Of a program that fails without saying why in its own words. */
const LINES_OF_AN_ERROR = 5;

/**
 * The whole lines from a byte on.
 * @param hidden folders of the server: what lies in them is called by the rest of its path
 * @returns the records, and where the next reading begins
 */
export function readWorkerLog(
  path: string,
  offset: number,
  hidden: readonly string[],
): { readonly records: readonly WorkerRecord[]; readonly next: number } {
  const file = openSync(path, 'r');
  try {
    const length = Math.min(MOST_BYTES, fstatSync(file).size - offset);
    if (length <= 0) return { records: [], next: offset };
    const bytes = Buffer.alloc(length);
    const read = readSync(file, bytes, 0, length, offset);
    const end = bytes.subarray(0, read).lastIndexOf(0x0a) + 1;
    // A line that fills the whole piece is passed over, or reading would stop there for good.
    if (end === 0) return { records: [], next: read === MOST_BYTES ? offset + read : offset };
    const lines = bytes.toString('utf8', 0, end).split('\n');
    return {
      records: lines.flatMap((line) => toRecord(withoutFolders(line, hidden))),
      next: offset + end,
    };
  } finally {
    closeSync(file);
  }
}

function withoutFolders(line: string, folders: readonly string[]): string {
  return folders.reduce((text, folder) => text.replaceAll(join(folder, '/'), ''), line);
}

function toRecord(line: string): WorkerRecord[] {
  if (line.trim() === '') return [];
  try {
    const parsed = record.safeParse(JSON.parse(line));
    if (parsed.success) return [parsed.data];
  } catch {
    // Written by a library, or cut off by a kill.
  }
  return [{ type: 'log', text: line.slice(0, LONGEST_LINE) }];
}

/** How an attempt ended, after its process has gone. */
export interface AttemptEnd {
  /** null: it was killed. */
  readonly exitCode: number | null;
  readonly error: JobError;
  /** Whether it left work that the next attempt need not do again. */
  readonly keptWork: boolean;
}

/** @param hidden as of `readWorkerLog` */
export function readAttemptEnd(path: string, hidden: readonly string[]): AttemptEnd {
  let exitCode: number | null = null;
  let keptWork = false;
  let error: AttemptEnd['error'] | undefined;
  const lastLines: Text[] = [];
  for (let offset = 0; ; ) {
    const { records, next } = readWorkerLog(path, offset, hidden);
    if (next === offset) break;
    offset = next;
    for (const one of records) {
      if (one.type === 'exit') exitCode = one.code;
      else if (one.type === 'error') {
        const { type: _type, ...told } = one;
        error = told;
      }
      const line = one.type === 'log' ? withoutStack(one.text) : '';
      if (textIn(line, 'en') !== '') lastLines.push(line);
      // Progress alone is none: most programs begin anew.
      keptWork ||= one.type === 'checkpoint' || one.type === 'kept';
    }
    lastLines.splice(0, lastLines.length - LINES_OF_AN_ERROR);
  }
  return {
    exitCode,
    keptWork,
    error: error ?? failedWith(lastLines),
  };
}

/** Where in the code it failed is for the log, and tells readers nothing. */
function withoutStack(text: Text): Text {
  const [en, zh] = (['en', 'zh'] as const).map((language) =>
    textIn(text, language)
      .split('\n')
      .filter((line) => !/^\s+at /.test(line))
      .join('\n'),
  ) as [string, string];
  return { en, zh };
}

function failedWith(lines: readonly Text[]): JobError {
  if (lines.length === 0) {
    return {
      code: 'failed',
      message: 'It ended without a word.',
      chinese: '任务没有说明原因就结束了。',
    };
  }
  const [message, chinese] = (['en', 'zh'] as const).map((language) =>
    lines.map((line) => textIn(line, language)).join('\n'),
  ) as [string, string];
  return { code: 'failed', message, chinese: `任务失败：${chinese}` };
}
