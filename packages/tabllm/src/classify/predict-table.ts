/** A table → predictions, in its order and at the pace of whoever takes them. */
import type { Translated } from '@quaestor/peft';
import { firstRows } from '../csv/first-rows.ts';
import { headerBelow } from '../csv/header-below.ts';
import { openNamed } from '../csv/open-named.ts';
import type { CsvTable, ReadCsvOptions } from '../csv/read.ts';
import type { RecordPiece } from '../csv/records-of.ts';
import { rowsOf } from '../csv/rows-of.ts';
import { TabLlmError } from '../errors.ts';
import { type CheckedTable, checkTable } from '../schema/check.ts';
import { columnList } from '../schema/column-list.ts';

import { unlabelledTest } from '../schema/missing.ts';
import { TELLING_ROWS } from '../schema/other-writing.ts';
import { totalsWarning } from '../schema/totals-row.ts';
import { addUnread, type UnreadCells, unreadWarnings } from '../schema/unread-cells.ts';
import { asWritten } from './as-written.ts';
import { columnsRead } from './columns-read.ts';
import { type Reason, reasonsOf } from './explain.ts';
import type { LearnedTable } from './learned-table.ts';
import type { Opinion } from './opinions.ts';
import { type PredictedBlock, rowPredictor } from './row-predictor.ts';
import { watchNumbers } from './shifted-columns.ts';
import { countRows } from './table-blocks.ts';

/** What is known of a row besides what is predicted. */
interface AboutRow {
  /** Counted from 1, without the header. */
  readonly row: number;
  /** Cell of the column that tells rows apart; null where no such column was named. */
  readonly id: string | null;
  /** The label that stands in the table; null where there is none. */
  readonly label: string | null;
  /** Whether the same row was learned from, as a warning says, too. */
  readonly seen: boolean;
  readonly warnings: readonly Translated[];
}

export type Prediction = Opinion &
  AboutRow & {
    /** Only where they were asked for. */
    readonly reasons?: readonly Reason[];
  };

export interface PredictOptions {
  readonly csv?: ReadCsvOptions;
  /** Column that tells rows apart. */
  readonly id?: string;
  /** Rows that are done already. */
  readonly skip?: number;
  /** Whether to tell why; default false. */
  readonly explain?: boolean;
  /**
   * Threads that large tables are spread over; default: as many as there are cores. With 1 the calling
   * thread does everything, as it does wherever the language model is asked.
   */
  readonly threads?: number;
}

export interface PredictedTable {
  readonly warnings: readonly Translated[];
  /** In pieces, once. */
  predictions(): AsyncGenerator<readonly Prediction[]>;
  /** Of the predictions taken so far: columns whose cells are not as they were learned. */
  lateWarnings(): readonly Translated[];
}

/**
 * @throws TabLlmError 'mismatch' when the table lacks columns that were learned from, or the one of `id`;
 * 'thread-failed' and 'aborted' while predictions are taken
 */
export async function predictTable(
  model: LearnedTable,
  file: string,
  { csv, id, skip = 0, explain = false, threads }: PredictOptions = {},
): Promise<PredictedTable> {
  const table = await openNamed(file, csv);
  const checked = await checkOrClose(model, table, id);
  const first = await firstRows(table, TELLING_ROWS);
  // A table that was learned from is written as it was learned.
  const { learned, warnings: otherwise } = model.fromItself
    ? { learned: model, warnings: [] }
    : asWritten(model, first.rows.map(checked.arrange));
  // The target and the name of rows are never learned from.
  const unused = new Set(
    [learned.target, id].flatMap((name) =>
      name === undefined ? [] : [checked.extra.indexOf(name)],
    ),
  );
  const warnings = [
    ...table.warnings,
    ...checked.warnings.filter((_, i) => !unused.has(i)),
    ...otherwise,
  ];
  const reading = {
    shape: table.shape,
    places: checked.places,
    label: table.columns.indexOf(learned.target),
    id: id === undefined ? -1 : table.columns.indexOf(id),
    missing: learned.schema.missing,
    classes: learned.kind === 'classifier' ? learned.classes : [],
    unlabelledOnly: learned.fromItself,
  };
  const unread: UnreadCells = new Map();
  // A table that was learned from has the numbers that were learned.
  const numbers = learned.fromItself ? null : watchNumbers(learned);
  const atEnd: Translated[] = [];
  let taken = 0;
  return {
    warnings,
    predictions,
    lateWarnings: () =>
      taken === 0
        ? []
        : [
            ...unreadWarnings(learned.schema, unread, { rows: taken }),
            ...(numbers?.warnings() ?? []),
            ...atEnd,
          ],
  };

  async function* predictions(): AsyncGenerator<readonly Prediction[]> {
    const predictor = rowPredictor(learned, reading, {
      explain,
      ...(threads !== undefined && { threads }),
    });
    const waiting: Promise<Iterable<PredictedBlock>>[] = [];
    // Rows read so far, and those that are still to be passed over.
    let [rows, rest] = [0, skip];
    let ends: readonly RecordPiece[] = [];
    function* tell(blocks: Iterable<PredictedBlock>): Generator<readonly Prediction[]> {
      for (const block of blocks) {
        // Much is read ahead of what is taken.
        if (csv?.signal?.aborted) {
          throw new TabLlmError('aborted', { en: 'Predicting was stopped.', zh: '已停止预测。' });
        }
        const before = rows;
        addUnread(unread, block.unread, (at) => before + (block.places[at] as number));
        taken += block.places.length;
        if (block.places.length > 0) yield predictionsOf(learned, block, before);
        rows += block.read;
      }
    }
    try {
      for await (const piece of first.pieces()) {
        ends = [...ends.slice(-1), piece];
        numbers?.note(arrangedRows(piece));
        const counted = rest > 0 ? countRows(piece, reading) : null;
        if (counted && counted.predicted <= rest) {
          rest -= counted.predicted;
          rows += counted.read;
          continue;
        }
        const blocks = predictor.predict(piece, rest);
        rest = 0;
        // Who leaves early hears of no failure that comes later.
        blocks.catch(() => {});
        waiting.push(blocks);
        while (waiting.length > predictor.ahead) yield* tell((await waiting.shift()) ?? []);
      }
      for (const blocks of waiting) yield* tell(await blocks);
      atEnd.push(...totalsAtEnd(ends, rows));
    } finally {
      await predictor.close();
    }
  }

  function* arrangedRows(piece: RecordPiece): Generator<readonly string[]> {
    for (const { cells } of rowsOf(piece, table.shape)) yield checked.arrange(cells);
  }

  /** @param ends pieces that the table ends with @param row number of its last row */
  function totalsAtEnd(ends: readonly RecordPiece[], row: number): readonly Translated[] {
    const { label, unlabelledOnly, classes, missing } = reading;
    const last = ends.flatMap((piece) => [...rowsOf(piece, table.shape)].map(({ cells }) => cells));
    const isMissing = unlabelledTest(classes, missing);
    const isMeant = (at: number) => !unlabelledOnly || isMissing(last[at]?.[label] ?? '');
    const cells = label < 0 ? last : last.map((row) => row.with(label, ''));
    return totalsWarning(table.columns, cells, row, 'predicted', isMeant);
  }
}

const NO_PROBLEMS: readonly Translated[] = [];

/** @param before rows of the table before the block */
function predictionsOf(
  learned: LearnedTable,
  { places, opinions, ids, labels, faults, hashes, left }: PredictedBlock,
  before: number,
): Prediction[] {
  const reasons = left && reasonsOf(learned, left.cells, opinions, left.opinions);
  return places.map((place, i): Prediction => {
    const known = learned.seen.labelOfHash(hashes[i] as number);
    const problems = faults.get(i) ?? NO_PROBLEMS;
    const warnings = known === null ? problems : [...problems, learnedFrom(known)];
    const told = withRow(opinions[i] as Opinion, {
      row: before + place + 1,
      id: ids?.[i] ?? null,
      label: labels[i] as string | null,
      seen: known !== null,
      warnings,
    });
    return reasons ? { ...told, reasons: reasons[i] as Reason[] } : told;
  });
}

/** Written out: a spread takes twenty times as long, as much as half of the models. */
function withRow(opinion: Opinion, { row, id, label, seen, warnings }: AboutRow): Prediction {
  if (opinion.kind === 'value') {
    const { kind, value, low, high } = opinion;
    return { kind, value, low, high, row, id, label, seen, warnings };
  }
  const { kind, predicted, probabilities, margin } = opinion;
  return { kind, predicted, probabilities, margin, row, id, label, seen, warnings };
}

function learnedFrom(label: string): Translated {
  return {
    en: `the same row was learned from, with label ${label}`,
    zh: `学习过相同的一行，其标签为“${label}”`,
  };
}

async function checkOrClose(
  learned: LearnedTable,
  table: CsvTable,
  id: string | undefined,
): Promise<CheckedTable> {
  try {
    const checked = await checkedOrTold(learned, table);
    if (id !== undefined && !table.columns.includes(id)) throw noSuchId(id, table.columns);
    return checked;
  } catch (error) {
    await table.close();
    throw error;
  }
}

/** @throws TabLlmError 'mismatch', which says where the header stands if it is further below */
async function checkedOrTold(learned: LearnedTable, table: CsvTable): Promise<CheckedTable> {
  const { schema } = learned;
  const read = columnsRead(learned);
  try {
    return checkTable(schema, table.columns, null, read);
  } catch (error) {
    const lacking = schema.columns
      .filter((_, index) => read.has(index))
      .map(({ name }) => name)
      .filter((name) => !table.columns.includes(name));
    const below = await headerBelow(table, lacking);
    if (below === null) throw error;
    return checkTable(schema, table.columns, below, read);
  }
}

function noSuchId(id: string, columns: readonly string[]): TabLlmError {
  return new TabLlmError('mismatch', {
    en: `The table has no column "${id}" to tell rows apart by; it has ${columnList(columns).en}.`,
    zh: `表格中没有用来区分各行的列“${id}”，现有的列：${columnList(columns).zh}。`,
  });
}
