/**
 * Results of a run so far, one JSON object a line, so that a run that was stopped goes on. The first
 * line says which run; a last line that was cut off is dropped.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import * as z from 'zod';
import {
  type DescriptionMarks,
  descriptionMarks,
  differingMarks,
} from '../data/description-marks.ts';
import { FinSqlError } from '../errors.ts';

export interface Checkpoint<Item> {
  /** What was there when the file was opened. */
  readonly items: readonly Item[];
  /** Appends and waits until it is on the disk. */
  append(items: readonly Item[]): void;
  close(): void;
}

/** Which run the results are of; files of earlier versions have no descriptions. */
const headSchema = z.object({ run: z.string(), descriptions: descriptionMarks.optional() });

/**
 * Opens or begins the file of a run.
 * @param run everything that makes results comparable: set, model, options
 * @param descriptions of the databases, which stand in the prompts
 * @throws FinSqlError `bad-data` when the file belongs to another run, or was begun under other
 *   descriptions
 */
export function openCheckpoint<Item>(
  file: string,
  run: unknown,
  descriptions: DescriptionMarks = {},
): Checkpoint<Item> {
  const id = createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 16);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [head, ...lines] = whole.split('\n').filter((line) => line !== '');
  if (head !== undefined) expectSame(file, readHead(head), id, descriptions);
  const items = lines.map((line, index) => parseLine<Item>(line, file, index + 2));
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  const handle = openSync(file, 'a');
  const write = (values: readonly unknown[]) => {
    writeSync(handle, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    fsyncSync(handle);
  };
  if (head === undefined) write([{ run: id, descriptions }]);
  return { items, append: write, close: () => closeSync(handle) };
}

function expectSame(
  file: string,
  head: z.output<typeof headSchema> | undefined,
  id: string,
  descriptions: DescriptionMarks,
): void {
  if (head?.run !== id) {
    throw new FinSqlError('bad-data', {
      en: `${file} holds results of another run: expected ${id}, got ${head?.run ?? 'something else'}. Remove it, or give another file.`,
      zh: `${file} 中是另一次运行的结果：应为 ${id}，实际为 ${head?.run ?? '其他内容'}。请删除它，或给出另一个文件。`,
    });
  }
  const differing = differingMarks(head.descriptions ?? descriptions, descriptions);
  if (differing.length > 0) {
    throw new FinSqlError('bad-data', {
      en: `${file} holds results of prompts with other descriptions of ${differing.join(', ')}: they have changed since. Remove it to begin again, or give another file.`,
      zh: `${file} 中的结果所用的提示词带有 ${differing.join('、')} 的其他说明，这些说明后来有改动。请删除它以重新开始，或给出另一个文件。`,
    });
  }
}

function readHead(line: string): z.output<typeof headSchema> | undefined {
  try {
    return headSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function parseLine<Item>(line: string, file: string, number: number): Item {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new FinSqlError(
      'bad-data',
      {
        en: `${file} line ${number} is not JSON. Remove the file to begin again.`,
        zh: `${file} 第 ${number} 行不是 JSON。请删除该文件以重新开始。`,
      },
      { cause },
    );
  }
}
