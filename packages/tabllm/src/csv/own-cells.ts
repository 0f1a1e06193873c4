/** V8 makes a part of so many characters a view of the whole, and shorter ones a copy. */
const VIEW = 13;
/** Longer cells are most of their piece. */
const LONG = 32 * 1024;

/**
 * Cells to be kept, as texts of their own: as they are read, each but the shortest keeps the whole piece of
 * the file that it was cut from.
 */
export function ownCells(cells: readonly string[]): string[] {
  return cells.map((cell) =>
    cell.length < VIEW || cell.length > LONG ? cell : JSON.parse(JSON.stringify(cell)),
  );
}
