/**
 * Sorts the rows of a node: those up to a bin first.
 * @param rows row numbers; those from `start` to `end` are the node's
 * @param column where the feature's bins begin
 * @returns where the others start
 */
export function partition(
  rows: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  column: number,
  bin: number,
): number {
  let [low, high] = [start, end - 1];
  while (low <= high) {
    const row = rows[low] as number;
    if ((bins[column + row] as number) <= bin) low++;
    else {
      rows[low] = rows[high] as number;
      rows[high--] = row;
    }
  }
  return low;
}
