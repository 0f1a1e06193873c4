/** A labelled table: rows to learn from, and how they are asked about. */
import { resolve } from 'node:path';
import type { Translated } from '@quaestor/peft';
import {
  asSentence,
  classesFor,
  drawShots,
  inferSchema,
  type LabelWords,
  noteLabelWord,
  openCsv,
  type PromptStyle,
  type ReadCsvOptions,
  TabLlmError,
  type TableRecipe,
  type TableSchema,
  toldLabelWords,
  unlabelledTest,
} from '@quaestor/tabllm';
import { type Asking, settleAsking } from '../classify/asking.ts';
import type { TableSpec } from './table-spec.ts';

export interface TableReading {
  /** Rows of each table at most, as many of each class; default: all. */
  readonly shots?: number | undefined;
  readonly serialiser?: string | undefined;
  readonly style: PromptStyle;
  readonly seed: number;
  readonly csv: ReadCsvOptions;
}

export interface LabelledTable {
  readonly asking: Asking;
  readonly recipe: TableRecipe;
  readonly schema: TableSchema;
  /** Of the rows that were taken, cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly labels: readonly number[];
  readonly warnings: readonly Translated[];
}

/** Rows from which the kinds of columns are inferred. */
const SAMPLE = 5000;

/** @throws TabLlmError as reading does, and for a target that is no column or has no classes */
export async function readLabelledTable(
  spec: TableSpec,
  { shots, serialiser, style, seed, csv }: TableReading,
  cwd: string,
): Promise<LabelledTable> {
  const { target } = spec;
  const file = resolve(cwd, spec.file);
  const table = await openCsv(file, csv);
  const place = table.columns.indexOf(target);
  if (place < 0) {
    await table.close();
    throw new TabLlmError('not-found', {
      en: `${file} has no column "${target}"; it has ${table.columns.join(', ')}.`,
      zh: `${file} 中没有名为“${target}”的列，已有的列：${table.columns.join('、')}。`,
    });
  }
  const isMissing = unlabelledTest(spec.classes);
  const words: LabelWords = new Map();
  const rows: (readonly string[])[] = [];
  const names: string[] = [];
  for await (const read of table.rows()) {
    for (const { cells } of read) {
      const label = cells[place] ?? '';
      if (isMissing(label)) {
        noteLabelWord(words, label);
        continue;
      }
      rows.push(cells.filter((_, i) => i !== place));
      names.push(label.trim());
    }
  }
  const wordsTold = toldLabelWords(words, target, [...(spec.classes ?? []), ...names]);
  // Some that are named, such as NA, say nothing of the order of all.
  const areNamed = names.length > 0 && names.every((name) => spec.classes?.includes(name));
  const given = areNamed ? spec.classes : undefined;
  const { names: classes, labels } = classesFor(target, names, given, {
    few: wordsTold && asSentence(wordsTold),
  });
  const columns = table.columns.filter((_, i) => i !== place);
  const asking = settleAsking(
    { ...spec, template: spec.template && resolve(cwd, spec.template), serialiser, style, seed },
    classes,
    null,
  );
  const taken =
    shots === undefined ? [...rows.keys()] : drawShots(labels, classes.length, shots, { seed });
  return {
    asking,
    recipe: { ...asking.recipe, columns },
    schema: inferSchema(columns, rows.slice(0, SAMPLE)),
    rows: taken.map((row) => rows[row] as readonly string[]),
    labels: taken.map((row) => labels[row] as number),
    warnings: [...table.warnings, ...(wordsTold ? [wordsTold] : [])],
  };
}
