/** Words in place of numbers or dates that are not there, as in `12.5`, `unknown`, `n.a.`, `thin file`. */

/** More different ones say something themselves. */
const MOST_WORDS = 6;
/** Fewer numbers or dates beside them, or fewer than half of the cells, do not tell what the column is. */
const FEWEST_OTHERS = 20;

/**
 * The cells that are no such words; null where there are none, too many, or none but these.
 * @param cells those of a column that are not missing
 */
export function withoutStandInWords(cells: readonly string[]): readonly string[] | null {
  const words = new Set<string>();
  const others = cells.filter((cell) => {
    if (/\p{N}/u.test(cell)) return true;
    if (words.size <= MOST_WORDS) words.add(cell.trim().toLowerCase());
    return false;
  });
  if (words.size === 0 || words.size > MOST_WORDS) return null;
  return others.length >= FEWEST_OTHERS && 2 * others.length > cells.length ? others : null;
}
