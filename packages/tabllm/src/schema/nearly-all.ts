/** A column is of a kind although a few of its cells are not: slips of the hand, not another kind. */
export const NEARLY_ALL = 0.98;
const FEWEST = 20;

/** How many of the cells pass; null where these are not 98 % of them, or fewer than 20. */
export function countNearlyAll(
  cells: readonly string[],
  passes: (cell: string) => boolean,
): number | null {
  const most = cells.length - Math.max(FEWEST, Math.ceil(NEARLY_ALL * cells.length));
  let failed = 0;
  for (const cell of cells) if (!passes(cell)) if (++failed > most) return null;
  return most < 0 ? null : cells.length - failed;
}
