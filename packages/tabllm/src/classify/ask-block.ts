/** A block of rows → what a model says of them, ready to be sent to another thread. */
import type { TableSchema } from '../schema/table-schema.ts';
import type { UnreadCells } from '../schema/unread-cells.ts';
import { type LeftOut, withoutEach } from './left-out.ts';
import type { TableBlock } from './table-blocks.ts';

export interface AskedBlock extends Omit<TableBlock, 'cells'> {
  /** By which rows that were learned from are found again. */
  readonly hashes: readonly number[];
  readonly said: Float64Array;
  /** Cells that are not read as learned; rows by their index here. */
  readonly unread: UnreadCells;
  /** Where reasons are wanted: the cells, and what is said of each row without each of its parts. */
  readonly left: {
    readonly cells: readonly (readonly string[])[];
    readonly said: Float64Array;
  } | null;
}

/** What a model says of rows; the second gets what it cannot read of them. */
export type Ask = (rows: readonly (readonly string[])[], unread?: UnreadCells) => Float64Array;

export interface BlockAsker {
  readonly ask: Ask;
  /** See `rowHasher`. */
  readonly hashOf: (row: readonly string[]) => number;
  /** Where reasons are wanted: the schema of the rows, and what is left out of them. */
  readonly explained: { readonly schema: TableSchema; readonly parts: readonly LeftOut[] } | null;
}

export function askBlock(
  { cells, ...block }: TableBlock,
  { ask, hashOf, explained }: BlockAsker,
): AskedBlock {
  const unread: UnreadCells = new Map();
  return {
    ...block,
    hashes: cells.map(hashOf),
    said: ask(cells, unread),
    unread,
    left: explained && {
      cells,
      said: ask(withoutEach(explained.parts, explained.schema, cells)),
    },
  };
}
