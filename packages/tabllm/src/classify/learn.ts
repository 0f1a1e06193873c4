/**
 * From files to a classifier. Labelled rows are those of a training table, or those rows of the table
 * itself whose target is filled in; the beginning of the table tells what unlabelled rows look like.
 */
import { type CsvTable, openCsv, type ReadCsvOptions } from '../csv/read.ts';
import { TabLlmError } from '../errors.ts';
import { type InferOptions, inferSchema } from '../schema/infer.ts';
import { SeenRows, tellingColumns } from '../schema/leak.ts';
import { missingTest } from '../schema/missing.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { type Classes, classesOf } from './classes.ts';
import { fitClassifier, type TableClassifier } from './classifier.ts';
import type { LanguageScorer } from './language-scorer.ts';
import { canDecide } from './language-weight.ts';

export interface LearnOptions extends InferOptions {
  /** The table to be predicted. */
  readonly file: string;
  readonly target: string;
  /** Table of labelled rows; default: the table itself. */
  readonly train?: string;
  /** The classes, where there are no labelled rows to read them from. */
  readonly classes?: readonly string[];
  readonly csv?: ReadCsvOptions;
  readonly trees?: number;
  readonly seed?: number;
  /** Opens the language model; called only if it may be of use. null: there is none after all. */
  readonly language?: (learned: {
    readonly schema: TableSchema;
    readonly classes: readonly string[];
    readonly labelled: number;
  }) => Promise<LanguageScorer | null>;
}

export interface LearnedTable {
  readonly schema: TableSchema;
  readonly target: string;
  readonly classes: readonly string[];
  readonly labelled: number;
  readonly classifier: TableClassifier;
  /** Whether rows of the table itself were learned from. */
  readonly fromItself: boolean;
  readonly seen: SeenRows;
  readonly warnings: readonly string[];
}

/** Rows without labels that are looked at. */
const SAMPLE = 5000;
/** Faulty labelled rows that are told one by one. */
const FAULTS = 20;

/** @throws TabLlmError 'not-found' for a target that is no column; 'bad-data' where nothing can be learned */
export async function learnTable(options: LearnOptions): Promise<LearnedTable> {
  const { file, target, train = file, missing, kinds, seed = 0, trees = 300 } = options;
  const fromItself = train === file;
  const source = await openCsv(train, options.csv);
  if (!fromItself || options.classes === undefined) await expectColumn(source, target, train);
  const isMissing = missingTest(missing);
  const labelled: { cells: readonly string[]; label: string }[] = [];
  const unlabelled: (readonly string[])[] = [];
  const place = source.columns.indexOf(target);
  const features = source.columns.filter((name) => name !== target);
  const warnings = [...source.warnings];
  const faults: string[] = [];
  for await (const rows of source.rows()) {
    for (const { cells, row, problems } of rows) {
      const label = cells[place] ?? '';
      if (!isMissing(label)) faults.push(...problems.map((problem) => `row ${row} ${problem}`));
      const rest = cells.filter((_, i) => i !== place);
      if (!isMissing(label)) labelled.push({ cells: rest, label: label.trim() });
      else if (unlabelled.length < SAMPLE) unlabelled.push(rest);
    }
  }
  warnings.push(...faults.slice(0, FAULTS));
  if (faults.length > FAULTS) warnings.push(`${faults.length - FAULTS} more rows have such faults`);
  if (!fromItself) unlabelled.push(...(await sample(file, features, options.csv)));
  const cells = labelled.map((row) => row.cells);
  const schema = inferSchema(features, [...cells, ...unlabelled], {
    ...(missing && { missing }),
    ...(kinds && { kinds }),
  });
  const names = labelled.map(({ label }) => label);
  const { names: classes, labels } = classesFor(target, names, options.classes);
  const useful = labelled.length === 0 || canDecide(labels, classes.length);
  const language = useful
    ? await options.language?.({ schema, classes, labelled: labelled.length })
    : undefined;
  const seen = new SeenRows();
  for (const row of labelled) seen.add(row.cells, row.label);
  for (const name of tellingColumns(schema, cells, names)) {
    warnings.push(`column ${name} alone tells ${target}; is it known before the label is?`);
  }
  const classifier = fitClassifier({
    schema,
    rows: cells,
    labels,
    classes: classes.length,
    unlabelled,
    trees,
    seed,
    ...(language && { language }),
  });
  return {
    schema,
    target,
    classes,
    labelled: labelled.length,
    classifier,
    fromItself,
    seen,
    warnings,
  };
}

function classesFor(
  target: string,
  labels: readonly string[],
  given: readonly string[] | undefined,
): Classes {
  if (labels.length > 0 || given === undefined) return classesOf(target, labels);
  const { names } = classesOf(target, given);
  // Without rows to count, the order given is as good as any.
  return { names: given.length === names.length ? given : names, labels: new Int32Array() };
}

/** The beginning of a table, its cells in the order of these columns. */
async function sample(
  file: string,
  columns: readonly string[],
  csv: ReadCsvOptions | undefined,
): Promise<(readonly string[])[]> {
  const table = await openCsv(file, csv);
  const places = columns.map((name) => table.columns.indexOf(name));
  const sampled: (readonly string[])[] = [];
  // A table that lacks columns is refused when it is predicted, with all that it lacks.
  if (places.includes(-1)) {
    await table.close();
    return sampled;
  }
  for await (const rows of table.rows()) {
    for (const { cells } of rows) sampled.push(places.map((i) => cells[i] as string));
    if (sampled.length >= SAMPLE) break;
  }
  return sampled.slice(0, SAMPLE);
}

async function expectColumn(
  { columns, close }: CsvTable,
  target: string,
  file: string,
): Promise<void> {
  if (columns.includes(target)) return;
  await close();
  throw new TabLlmError(
    'not-found',
    `${file} has no column "${target}"; it has ${columns.join(', ')}.`,
  );
}
