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
import { FinSqlError } from '../errors.ts';

export interface Checkpoint<Item> {
  /** What was there when the file was opened. */
  readonly items: readonly Item[];
  /** Appends and waits until it is on the disk. */
  append(items: readonly Item[]): void;
  close(): void;
}

/**
 * Opens or begins the file of a run.
 * @param run everything that makes results comparable: set, model, options
 * @throws FinSqlError `bad-data` when the file belongs to another run
 */
export function openCheckpoint<Item>(file: string, run: unknown): Checkpoint<Item> {
  const id = createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 16);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [head, ...lines] = whole.split('\n').filter((line) => line !== '');
  if (head !== undefined && readRun(head) !== id) {
    throw new FinSqlError(
      'bad-data',
      `${file} holds results of another run: expected ${id}, got ${readRun(head) ?? 'something else'}. Remove it, or give another file.`,
    );
  }
  const items = lines.map((line, index) => parseLine<Item>(line, file, index + 2));
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  const handle = openSync(file, 'a');
  const write = (values: readonly unknown[]) => {
    writeSync(handle, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    fsyncSync(handle);
  };
  if (head === undefined) write([{ run: id }]);
  return { items, append: write, close: () => closeSync(handle) };
}

function readRun(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'run' in value
      ? String(value.run)
      : undefined;
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
      `${file} line ${number} is not JSON. Remove the file to begin again.`,
      { cause },
    );
  }
}
