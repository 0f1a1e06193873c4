/**
 * From files to a model. Labelled rows are those of a training table, or those rows of the table
 * itself whose target is filled in; the beginning of the table tells what unlabelled rows look like.
 */
import { seededRandom, type Translated } from '@quaestor/peft';
import { evenDraw } from '../csv/even-draw.ts';
import { headerBelow, titleAbove } from '../csv/header-below.ts';
import { openNamed } from '../csv/open-named.ts';
import { ownCells } from '../csv/own-cells.ts';
import type { CsvRow, CsvTable, ReadCsvOptions } from '../csv/read.ts';
import { expectRegularFile } from '../csv/regular-file.ts';
import { inRow, moreFaults } from '../csv/row-faults.ts';
import { isHeader } from '../csv/rows-of.ts';
import { TabLlmError } from '../errors.ts';
import { columnList } from '../schema/column-list.ts';
import { watchMergedCells } from '../schema/merged-cells.ts';
import { unlabelledTest } from '../schema/missing.ts';
import { totalsWarning } from '../schema/totals-row.ts';
import type { ModelOptions } from './fit-options.ts';
import { fitTable } from './fit-table.ts';
import type { PredictedRows } from './fresh-rows.ts';
import { type LabelWords, noteLabelWord } from './label-words.ts';
import type { LearnedTable } from './learned-table.ts';

export interface LearnOptions extends ModelOptions {
  /** The table to be predicted. */
  readonly file: string;
  readonly target: string;
  /** Table of labelled rows; default: the table itself. */
  readonly train?: string;
  readonly csv?: ReadCsvOptions;
}

/** Rows without labels that are looked at. */
const SAMPLE = 5000;
/** Labelled rows that are learned from; of more, so many are drawn. */
const MOST_LABELLED = 50_000;
/** Rows before those read last that are compared with the last one. */
const ENDS = 64;
/** Faulty labelled rows that are told one by one. */
const FAULTS = 20;

/**
 * @throws TabLlmError 'not-found' for a target that is no column; 'bad-csv' for what is no file; 'bad-data'
 * where nothing can be learned
 */
export async function learnTable(options: LearnOptions): Promise<LearnedTable> {
  const { file, target, train = file, seed = 0 } = options;
  const fromItself = train === file;
  expectRegularFile(file);
  const source = await openNamed(train, options.csv);
  if (!fromItself || options.classes === undefined) await expectColumn(source, target, train);
  const columns = source.columns.filter((name) => name !== target);
  const isMissing = unlabelledTest(options.classes, options.missing);
  const read = await readLabelled(source, target, isMissing, seed);
  const predicted = fromItself ? undefined : await sample(options, columns, isMissing);
  const learned = await fitTable({
    ...options,
    columns,
    rows: read.rows,
    labels: read.labels,
    rowNumbers: read.rowNumbers,
    labelWords: read.labelWords,
    unlabelled: read.unlabelled,
    ...(predicted && { predicted }),
    ...(options.csv?.signal && { signal: options.csv.signal }),
  });
  const warnings = [...source.warnings, ...read.warnings, ...learned.warnings];
  return { ...learned, fromItself, warnings };
}

async function readLabelled(
  source: CsvTable,
  target: string,
  isMissing: (cell: string) => boolean,
  seed: number,
) {
  const keptLabelled = evenDraw(MOST_LABELLED, seededRandom(seed));
  const keptUnlabelled = evenDraw(SAMPLE, seededRandom(seed));
  const place = source.columns.indexOf(target);
  const rows: (readonly string[])[] = [];
  const labels: string[] = [];
  const rowNumbers: number[] = [];
  const unlabelled: (readonly string[])[] = [];
  const labelWords: LabelWords = new Map();
  const faults: Translated[] = [];
  const headers: number[] = [];
  const merged = watchMergedCells(source.columns, target);
  let [labelled, faulty] = [0, 0];
  let ends: readonly CsvRow[] = [];
  for await (const some of source.rows()) {
    ends = [...ends.slice(-ENDS), ...some];
    for (const { cells, row, problems } of some) {
      if (isHeader(cells, source.shape.header)) {
        headers.push(row);
        continue;
      }
      merged.note(cells);
      const label = cells[place] ?? '';
      const rest = () => ownCells(cells.filter((_, i) => i !== place));
      if (isMissing(label)) {
        noteLabelWord(labelWords, label);
        const at = keptUnlabelled();
        if (at !== null) unlabelled[at] = rest();
        continue;
      }
      for (const problem of problems) if (++faulty <= FAULTS) faults.push(inRow(row, problem));
      labelled++;
      const at = keptLabelled();
      if (at === null) continue;
      rows[at] = rest();
      labels[at] = ownCells([label])[0] as string;
      rowNumbers[at] = row;
    }
  }
  if (faulty > FAULTS) faults.push(moreFaults(faulty - FAULTS));
  if (labelled > MOST_LABELLED) {
    faults.push({
      en: `${MOST_LABELLED} of ${labelled} labelled rows, drawn at random, are learned from`,
      zh: `${labelled} 个有标签的行中，随机抽取了 ${MOST_LABELLED} 行来学习`,
    });
  }
  if (headers.length > 0) faults.push(headersAgain(headers));
  faults.push(...merged.warnings());
  const recent = ends.map(({ cells }) => cells.with(place, ''));
  const isLearned = (at: number) => !isMissing(ends[at]?.cells[place] ?? '');
  faults.push(
    ...totalsWarning(source.columns, recent, ends.at(-1)?.row ?? 0, 'learned', isLearned),
  );
  return { rows, labels, rowNumbers, labelWords, unlabelled, warnings: faults };
}

/** @param rows numbers of those that are the header once more */
function headersAgain(rows: readonly number[]): Translated {
  const some = rows.slice(0, FAULTS).join(', ');
  const dots = rows.length > FAULTS;
  return {
    en: `the header stands again in row ${some}${dots ? ', …' : ''}, which is not learned from`,
    zh: `第 ${some.replaceAll(', ', '、')}${dots ? '等' : ''} 行与表头相同，不参与学习`,
  };
}

/**
 * The beginning of a table, its cells in the order of these columns; rows drawn from all of it where shares of
 * classes are to be estimated, since a file may be sorted.
 */
async function sample(
  { file, target, csv, prior, seed = 0 }: LearnOptions,
  columns: readonly string[],
  isMissing: (cell: string) => boolean,
): Promise<PredictedRows> {
  const table = await openNamed(file, csv);
  const places = columns.map((name) => table.columns.indexOf(name));
  const place = table.columns.indexOf(target);
  const rows: (readonly string[])[] = [];
  const labelled: boolean[] = [];
  // A table that lacks columns is refused when it is predicted, with all that it lacks.
  if (places.includes(-1)) {
    await table.close();
    return { rows, labelled };
  }
  const kept = evenDraw(SAMPLE, seededRandom(seed));
  for await (const some of table.rows()) {
    for (const { cells } of some) {
      if (isHeader(cells, table.shape.header)) continue;
      const at = kept();
      if (at === null) continue;
      rows[at] = ownCells(places.map((i) => cells[i] as string));
      labelled[at] = !isMissing(cells[place] ?? '');
    }
    if (rows.length >= SAMPLE && prior !== 'estimate') break;
  }
  return { rows, labelled };
}

async function expectColumn(table: CsvTable, target: string, file: string): Promise<void> {
  const { columns } = table;
  if (columns.includes(target)) return;
  const line = await headerBelow(table, [target]);
  const todo = line === null ? { en: '', zh: '' } : titleAbove(line);
  throw new TabLlmError('not-found', {
    en: `${file} has no column "${target}"; it has ${columnList(columns).en}. ${todo.en}`.trimEnd(),
    zh: `${file} 中没有名为“${target}”的列，已有的列：${columnList(columns).zh}。${todo.zh}`,
  });
}
