/** V8 makes a part of so many characters a view of the whole, and shorter ones a copy. */
const VIEW = 13;

/**
 * Cells to be kept, as texts of their own: as they are read, each long one keeps the whole piece of the
 * file that it was cut from.
 */
export function ownCells(cells: readonly string[]): string[] {
  return cells.map((cell) => (cell.length < VIEW ? cell : JSON.parse(JSON.stringify(cell))));
}
