/**
 * Rows that a method puts before every sequence: soft prompts, which run through the blocks like
 * tokens (Lester et al. 2021), or ready keys and values, which only attention sees (Li & Liang 2021).
 * The sequence's own rows are counted on from there: positions length, length + 1, …
 */
import type { Tensor } from '@tensorflow/tfjs';
import { type PackedRows, sequenceOfRows } from './packing.ts';

/** Installed by a tuner; `tags` names the task of each sequence, 0 unless a batch mixes tasks. */
export type VirtualRows =
  | {
      readonly kind: 'embeddings';
      /** Virtual rows before each sequence. */
      readonly length: number;
      /** @returns [sequences·length, D] float32 */
      embeddings(tags: Int32Array): Tensor;
    }
  | {
      readonly kind: 'keys-values';
      readonly length: number;
      /**
       * Called once for each pass.
       * @returns of each layer [sequences·length, 2·KV·d] float32: key heads, not rotated, then value heads
       */
      keysValues(tags: Int32Array): readonly Tensor[];
    };

/** Packed rows with virtual rows among them. */
export interface PlacedRows {
  /** Virtual and given rows; virtual keys stand at position 0, where the rotation does nothing. */
  readonly all: PackedRows;
  /** The given rows alone, at their new positions. */
  readonly given: PackedRows;
  /** Each of all rows as an index into [virtual rows; given rows]. */
  readonly order: Int32Array;
  /** Where each virtual row and each given row lies among all rows. */
  readonly virtualAt: Int32Array;
  readonly givenAt: Int32Array;
  /** Of each sequence. */
  readonly tags: Int32Array;
}

/** Puts `length` virtual rows before each sequence. */
export function placeVirtualRows(
  packed: PackedRows,
  { kind, length }: Pick<VirtualRows, 'kind' | 'length'>,
): PlacedRows {
  const sequenceOf = sequenceOfRows(packed);
  const given = packed.ids.length;
  const sequences = (sequenceOf.at(-1) ?? -1) + 1;
  const virtual = sequences * length;
  const total = virtual + given;
  const all = {
    ids: new Int32Array(total),
    positions: new Int32Array(total),
    first: new Int32Array(total),
    // Without mixed tasks there are no tags either: the last block may then leave rows out.
    ...(packed.tags && { tags: new Int32Array(total) }),
  };
  const order = new Int32Array(total);
  const virtualAt = new Int32Array(virtual);
  const givenAt = new Int32Array(given);
  const tags = new Int32Array(sequences);
  let at = 0;
  let start = 0;
  for (let row = 0; row < given; row++) {
    const sequence = sequenceOf[row] as number;
    const tag = packed.tags?.[row] ?? 0;
    if (row === 0 || sequence !== sequenceOf[row - 1]) {
      start = at;
      tags[sequence] = tag;
      for (let j = 0; j < length; j++, at++) {
        all.positions[at] = kind === 'embeddings' ? j : 0;
        all.first[at] = start;
        if (all.tags) all.tags[at] = tag;
        order[at] = sequence * length + j;
        virtualAt[sequence * length + j] = at;
      }
    }
    all.ids[at] = packed.ids[row] as number;
    all.positions[at] = (packed.positions[row] as number) + length;
    all.first[at] = start;
    if (all.tags) all.tags[at] = tag;
    order[at] = virtual + row;
    givenAt[row] = at++;
  }
  const positions = packed.positions.map((position) => position + length);
  return { all, given: { ...packed, positions }, order, virtualAt, givenAt, tags };
}
