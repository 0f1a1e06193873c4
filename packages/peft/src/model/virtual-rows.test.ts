import { describe, expect, it } from 'vitest';
import { packBatch, packSequences } from './packing.ts';
import { type PlacedRows, placeVirtualRows } from './virtual-rows.ts';

/** Arrays as lists, for readable comparisons. */
function lists({ all, given, order, virtualAt, givenAt, tags }: PlacedRows) {
  return {
    ids: [...all.ids],
    positions: [...all.positions],
    first: [...all.first],
    rowTags: all.tags && [...all.tags],
    given: [...given.positions],
    order: [...order],
    virtualAt: [...virtualAt],
    givenAt: [...givenAt],
    tags: [...tags],
  };
}

describe('placeVirtualRows', () => {
  const packed = packSequences([[7, 8, 9], [5]]);

  it('puts soft tokens before each sequence and counts on from them', () => {
    expect(lists(placeVirtualRows(packed, { kind: 'embeddings', length: 2 }))).toEqual({
      ids: [0, 0, 7, 8, 9, 0, 0, 5],
      positions: [0, 1, 2, 3, 4, 0, 1, 2],
      first: [0, 0, 0, 0, 0, 5, 5, 5],
      rowTags: undefined,
      given: [2, 3, 4, 2],
      order: [0, 1, 4, 5, 6, 2, 3, 7],
      virtualAt: [0, 1, 5, 6],
      givenAt: [2, 3, 4, 7],
      tags: [0, 0],
    });
  });

  it('leaves ready keys at position 0, where nothing turns them', () => {
    const placed = placeVirtualRows(packed, { kind: 'keys-values', length: 2 });
    expect([...placed.all.positions]).toEqual([0, 0, 2, 3, 4, 0, 0, 2]);
    expect([...placed.all.first]).toEqual([0, 0, 0, 0, 0, 5, 5, 5]);
  });

  it('gives virtual rows the task of their sequence', () => {
    const tagged = packSequences([[7, 8, 9], [5]], [1, 3]);
    const placed = placeVirtualRows(tagged, { kind: 'embeddings', length: 1 });
    expect([...placed.tags]).toEqual([1, 3]);
    expect([...(placed.all.tags as Int32Array)]).toEqual([1, 1, 1, 1, 3, 3]);
  });

  it('lets a padded row see its virtual rows but no pad', () => {
    const batch = packBatch([[0, 0, 4, 6]], [[0, 0, 1, 1]]);
    const placed = placeVirtualRows(batch, { kind: 'embeddings', length: 1 });
    const rows = [...placed.givenAt].slice(2);
    expect(rows.map((row) => placed.all.first[row])).toEqual([4, 4]);
    expect(rows.map((row) => placed.all.positions[row])).toEqual([1, 2]);
    expect(placed.order[4]).toBe(2);
  });

  it('places nothing when there are no rows', () => {
    const placed = placeVirtualRows(packSequences([]), { kind: 'embeddings', length: 3 });
    expect(placed.order).toHaveLength(0);
  });
});
