/**
 * A labelled table with its splits, as the comparison reads it: a folder with `rows.csv` and, where they
 * are given, `splits.json` and `question.json`, how a language model is asked: {question, words}.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { reasonOf, type Translated } from '@quaestor/peft';
import * as z from 'zod';
import type { LabelQuestion } from '../classify/ask-for-label.ts';
import { classesOf } from '../classify/classes.ts';
import { openCsv } from '../csv/read.ts';
import { TabLlmError } from '../errors.ts';
import { inferSchema } from '../schema/infer.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { drawSplit, type Split, splitsFile } from './splits.ts';

export interface LabelledSet {
  readonly name: string;
  /** Without the label. */
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly classes: readonly string[];
  /** Class of each row. */
  readonly labels: Int32Array;
  /** How a language model is to be asked; null: nobody said. */
  readonly asked: LabelQuestion | null;
  /** Whether the splits are those of a file. */
  readonly givenSplits: boolean;
  split(seed: number): Split;
}

const TARGET = 'label';

/**
 * Folders with a table inside a folder, by name.
 * @throws TabLlmError 'not-found' when there are none
 */
export function findLabelledSets(folder: string): string[] {
  const found = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'rows.csv')))
    : [];
  if (found.length > 0) return found.sort().map((name) => join(folder, name));
  throw new TabLlmError('not-found', {
    en: `${folder} holds no tables; expected folders with a rows.csv and, perhaps, a splits.json.`,
    zh: `${folder} 中没有表格，其中的文件夹应有 rows.csv，也可以有 splits.json。`,
  });
}

/** @throws TabLlmError 'bad-csv', 'bad-data' (also for a row without a label), 'not-found' without a column `label` */
export async function readLabelledSet(folder: string): Promise<LabelledSet> {
  const name = basename(folder);
  const table = await openCsv(join(folder, 'rows.csv'));
  const place = table.columns.indexOf(TARGET);
  const rows: (readonly string[])[] = [];
  const cells: string[] = [];
  for await (const some of table.rows()) {
    for (const row of some) {
      cells.push((row.cells[place] ?? '').trim());
      rows.push(row.cells.filter((_, i) => i !== place));
    }
  }
  if (place === -1) {
    throw new TabLlmError('not-found', {
      en: `${name}/rows.csv has no column ${TARGET}.`,
      zh: `${name}/rows.csv 中没有名为 ${TARGET} 的列。`,
    });
  }
  expectAllLabelled(name, cells);
  const { names: classes, labels } = classesOf(TARGET, cells);
  const schema = inferSchema(
    table.columns.filter((_, i) => i !== place),
    rows,
  );
  const file = join(folder, 'splits.json');
  const given = existsSync(file) ? readSplits(file, rows.length) : null;
  const question = join(folder, 'question.json');
  return {
    name,
    schema,
    rows,
    classes,
    labels,
    asked: existsSync(question) ? readQuestion(question, classes.length) : null,
    givenSplits: given !== null,
    split: (seed) =>
      given ? givenSplit(given, seed, name) : drawSplit(labels, classes.length, seed),
  };
}

/** Splits go by the places of rows, so that none can be left out. */
function expectAllLabelled(name: string, labels: readonly string[]): void {
  const without = labels.filter((label) => label === '').length;
  if (without === 0) return;
  const row = labels.indexOf('') + 1;
  throw new TabLlmError('bad-data', {
    en: `${name}/rows.csv has ${without} rows without a label, the first is row ${row}; every row needs one. Remove them.`,
    zh: `${name}/rows.csv 中有 ${without} 行没有标签（第一个是第 ${row} 行），每行都要有标签。请删除这些行。`,
  });
}

type SplitsFile = z.output<typeof splitsFile>;

function readSplits(file: string, rows: number): SplitsFile {
  const splits = readAs(file, splitsFile, { en: 'a file of splits', zh: '划分文件' });
  for (const { test, fewshot } of Object.values(splits.seeds)) {
    for (const list of [test, ...Object.values(fewshot)]) {
      if (list.every((row) => row < rows)) continue;
      throw new TabLlmError('bad-data', {
        en: `${file} names rows beyond the ${rows} there are.`,
        zh: `${file} 中的行号超出了现有的 ${rows} 行。`,
      });
    }
  }
  return splits;
}

const questionFile = z.strictObject({
  question: z.string().min(1),
  words: z.array(z.string().min(1)).describe('of each class, in the order of the classes'),
});

function readQuestion(file: string, classes: number): LabelQuestion {
  const asked = readAs(file, questionFile, {
    en: 'a question and its words',
    zh: '问题及其答案词',
  });
  if (asked.words.length === classes) return asked;
  throw new TabLlmError('bad-data', {
    en: `${file} has ${asked.words.length} words; expected one for each of the ${classes} classes.`,
    zh: `${file} 中有 ${asked.words.length} 个词，应为 ${classes} 个类别各给一个。`,
  });
}

function readAs<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  what: Translated,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const pretty = cause instanceof z.ZodError ? z.prettifyError(cause) : undefined;
    const why = pretty === undefined ? reasonOf(cause, file) : { en: pretty, zh: pretty };
    throw new TabLlmError(
      'bad-data',
      { en: `${file} is not ${what.en}: ${why.en}`, zh: `${file} 不是${what.zh}：${why.zh}` },
      { cause },
    );
  }
}

function givenSplit({ seeds }: SplitsFile, seed: number, name: string): Split {
  const split = seeds[String(seed)];
  if (split === undefined) {
    throw new TabLlmError('not-found', {
      en: `${name}/splits.json has no seed ${seed}; it has ${Object.keys(seeds).join(', ')}.`,
      zh: `${name}/splits.json 中没有种子 ${seed}，已有的种子：${Object.keys(seeds).join('、')}。`,
    });
  }
  return {
    seed,
    test: split.test,
    shots: (k) => {
      const rows = split.fewshot[String(k)];
      if (rows) return rows;
      const known = Object.keys(split.fewshot);
      throw new TabLlmError('not-found', {
        en: `${name}/splits.json has no ${k} rows to learn from; it has ${known.join(', ')}.`,
        zh: `${name}/splits.json 中没有 ${k} 行的训练集，已有的行数：${known.join('、')}。`,
      });
    },
  };
}
