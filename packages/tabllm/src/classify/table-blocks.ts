/** Pieces of a table → blocks of the rows that are to be predicted; on any thread, a row at a time. */
import type { Translated } from '@quaestor/peft';
import type { RecordPiece } from '../csv/records-of.ts';
import { type RowShape, rowsOf } from '../csv/rows-of.ts';
import { arrangeCells } from '../schema/arrange-cells.ts';
import { unlabelledTest } from '../schema/missing.ts';

/** How rows are read; plain data. */
export interface BlockPlan {
  readonly shape: RowShape;
  /** Where the schema's columns stand in the table; −1: nowhere. */
  readonly places: readonly number[];
  /** Where the label stands, and the cell that tells rows apart; −1: nowhere. */
  readonly label: number;
  readonly id: number;
  /** Cells that stand for nothing, in the label but for those that name a class. */
  readonly missing: readonly string[];
  readonly classes: readonly string[];
  /** Whether rows that have a label are left out. */
  readonly unlabelledOnly: boolean;
  /** Rows of a block at most. */
  readonly size: number;
}

/** Lists of an entry for each row. */
export interface TableBlock {
  /** Rows read for it, those that are left out included. */
  readonly read: number;
  /** Place of each row among these. */
  readonly places: readonly number[];
  /** In the schema's order. */
  readonly cells: readonly (readonly string[])[];
  /** null: no column tells rows apart. */
  readonly ids: readonly string[] | null;
  /** null: there is none. */
  readonly labels: readonly (string | null)[];
  /** What is wrong with rows, by their index here; most have no entry. */
  readonly faults: ReadonlyMap<number, readonly Translated[]>;
}

/** Rows of a piece, and those of them that are to be predicted. */
export function countRows(
  piece: RecordPiece,
  plan: Omit<BlockPlan, 'size'>,
): { readonly read: number; readonly predicted: number } {
  const isMissing = unlabelledTest(plan.classes, plan.missing);
  let [read, predicted] = [0, 0];
  for (const { cells } of rowsOf(piece, plan.shape)) {
    read++;
    if (!plan.unlabelledOnly || isMissing(cells[plan.label] ?? '')) predicted++;
  }
  return { read, predicted };
}

/** @returns reads the blocks of a piece, of whose rows that are not left out the first `skip` are passed over */
export function blockReader(
  plan: BlockPlan,
): (piece: RecordPiece, skip: number) => Generator<TableBlock> {
  const isMissing = unlabelledTest(plan.classes, plan.missing);
  return function* (piece, skip) {
    let [block, passed] = [emptyBlock(plan), 0];
    for (const { cells, problems } of rowsOf(piece, plan.shape)) {
      const place = block.read++;
      const label = cells[plan.label] ?? '';
      const unlabelled = isMissing(label);
      if ((plan.unlabelledOnly && !unlabelled) || passed++ < skip) continue;
      if (problems.length > 0) block.faults.set(block.places.length, problems);
      block.places.push(place);
      block.cells.push(arrangeCells(plan.places, cells));
      block.ids?.push(cells[plan.id] ?? '');
      block.labels.push(unlabelled ? null : label.trim());
      if (block.places.length < plan.size) continue;
      yield block;
      block = emptyBlock(plan);
    }
    if (block.read > 0) yield block;
  };
}

function emptyBlock({ id }: BlockPlan) {
  return {
    read: 0,
    places: [] as number[],
    cells: [] as string[][],
    ids: id < 0 ? null : ([] as string[]),
    labels: [] as (string | null)[],
    faults: new Map<number, readonly Translated[]>(),
  };
}
