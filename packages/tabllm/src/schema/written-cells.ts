/** Cells that are numbers or dates, most likely, in a writing that may not be known. */

/** Half of it are digits. */
export function looksWritten(cell: string): boolean {
  const written = cell.replace(/\s/gu, '').length;
  return written > 0 && 2 * (cell.match(/\d/g)?.length ?? 0) >= written;
}

/** @param cells those that are not missing */
export function areWritten(cells: readonly string[]): boolean {
  return 2 * cells.filter(looksWritten).length > cells.length;
}
