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

/**
 * A test for cells of a target that are no label: missing ones, but for a word such as NA that names a
 * class. An empty cell never does.
 */
export function unlabelledTest(
  classes: readonly string[] = [],
  tokens: readonly string[] = MISSING,
): (cell: string) => boolean {
  const isMissing = missingTest(tokens);
  const named = new Set(classes.filter((name) => name !== '' && isMissing(name)));
  return named.size === 0 ? isMissing : (cell) => isMissing(cell) && !named.has(cell.trim());
}
