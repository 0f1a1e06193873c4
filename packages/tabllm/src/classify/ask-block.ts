/** A block of rows → what a model says of them, ready to be sent to another thread. */
import { rowHash } from '../schema/leak.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { withoutEach } from './explain.ts';
import type { TableBlock } from './table-blocks.ts';

export interface AskedBlock extends Omit<TableBlock, 'cells'> {
  /** By which rows that were learned from are found again. */
  readonly hashes: readonly number[];
  readonly said: Float64Array;
  /** Where reasons are wanted: the cells, and what is said of each row without each of its features. */
  readonly left: {
    readonly cells: readonly (readonly string[])[];
    readonly said: Float64Array;
  } | null;
}

/** @param explained schema of the rows, where reasons are wanted */
export function askBlock(
  { cells, ...block }: TableBlock,
  ask: (rows: readonly (readonly string[])[]) => Float64Array,
  explained: TableSchema | null,
): AskedBlock {
  return {
    ...block,
    hashes: cells.map(rowHash),
    said: ask(cells),
    left: explained && { cells, said: ask(withoutEach(explained, cells)) },
  };
}
