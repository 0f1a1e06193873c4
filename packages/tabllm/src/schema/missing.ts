/** Cells that stand for nothing, by default. */
export const MISSING: readonly string[] = ['', 'na', 'n/a', 'nan', 'null', '?', '-', '#n/a'];

/** A test for missing cells; upper and lower case are one, blanks around do not count. */
export function missingTest(tokens: readonly string[] = MISSING): (cell: string) => boolean {
  const set = new Set(tokens.map((token) => token.toLowerCase()));
  const longest = Math.max(0, ...tokens.map(({ length }) => length));
  return (cell) => {
    if (set.has(cell)) return true;
    const trimmed = cell.trim();
    return trimmed.length <= longest && set.has(trimmed.toLowerCase());
  };
}
