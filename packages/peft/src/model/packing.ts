/**
 * Several sequences as one list of rows. Row i may see rows first[i] … i; its rotary position is
 * positions[i]. No padding is computed, and a left-padded batch is a packing, too: each pad is a
 * sequence of its own.
 */
import type { RowLayout } from '../tensors/attention.ts';
import { engine } from '../tensors/engine.ts';

/** N packed rows, as plain arrays. */
export interface PackedRows {
  readonly ids: Int32Array;
  readonly positions: Int32Array;
  readonly first: Int32Array;
  /** Task of each row in a batch that mixes tasks: which soft prompt or adapter it takes. Default 0. */
  readonly tags?: Int32Array;
}

/** Sequences one after the other, each with positions from 0. @param tags task of each sequence */
export function packSequences(
  sequences: readonly (readonly number[])[],
  tags?: readonly number[],
): PackedRows {
  const total = sequences.reduce((sum, sequence) => sum + sequence.length, 0);
  const rows = emptyRows(total);
  let start = 0;
  for (const sequence of sequences) {
    for (const [offset, id] of sequence.entries()) {
      rows.ids[start + offset] = id;
      rows.positions[start + offset] = offset;
      rows.first[start + offset] = start;
    }
    start += sequence.length;
  }
  if (!tags) return rows;
  const perRow = sequences.flatMap((sequence, i) => sequence.map(() => tags[i] as number));
  return { ...rows, tags: Int32Array.from(perRow) };
}

/** The index of each row's sequence. */
export function sequenceOfRows({ first }: PackedRows): Int32Array {
  let sequence = -1;
  return first.map((start, row) => {
    if (start === row) sequence++;
    return sequence;
  });
}

/**
 * A padded batch as Hugging Face tokenizers make it: ids and mask [B][T], pads on either side.
 * @param positions defaults to the count of real tokens before each row, as `generate` has it
 */
export function packBatch(
  ids: readonly (readonly number[])[],
  mask: readonly (readonly number[])[],
  positions?: readonly (readonly number[])[],
): PackedRows {
  const total = ids.reduce((sum, sequence) => sum + sequence.length, 0);
  const rows = emptyRows(total);
  let row = 0;
  for (const [b, sequence] of ids.entries()) {
    let start = -1;
    let count = 0;
    for (const [t, id] of sequence.entries()) {
      const real = mask[b]?.[t] === 1;
      if (real && start < 0) start = row;
      rows.ids[row] = id;
      rows.first[row] = real ? start : row;
      rows.positions[row] = positions?.[b]?.[t] ?? (real ? count : 0);
      if (real) count++;
      row++;
    }
  }
  return rows;
}

function emptyRows(total: number): PackedRows {
  return {
    ids: new Int32Array(total),
    positions: new Int32Array(total),
    first: new Int32Array(total),
  };
}

/** The layout as tensors of the current tidy scope. */
export function layoutTensors(rows: PackedRows): RowLayout {
  const { tf } = engine();
  return {
    positions: tf.tensor1d(rows.positions, 'int32'),
    first: tf.tensor1d(rows.first, 'int32'),
  };
}
