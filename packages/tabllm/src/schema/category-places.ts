/** Other writings that are looked for only once. */
const MOST_KEPT = 1000;

/**
 * Where a category stands among those that were learned: as it is written or, where no other one could be
 * meant, without regard to case and to blanks around it.
 * @param words of another table, in lower case, and the values that they stand for
 * @returns undefined for values that were not learned
 */
export function categoryPlaces(
  values: readonly string[],
  words: Readonly<Record<string, string>> = {},
): (cell: string) => number | undefined {
  const exact = new Map(values.map((value, i) => [value, i]));
  const alike = new Map<string, number | undefined>();
  for (const [i, value] of values.entries()) {
    const folded = fold(value);
    alike.set(folded, alike.has(folded) ? undefined : i);
  }
  for (const [word, value] of Object.entries(words)) {
    if (!alike.has(word)) alike.set(word, exact.get(value));
  }
  const found = new Map<string, number | undefined>();
  return (cell) => {
    const place = exact.get(cell);
    if (place !== undefined || found.has(cell)) return place ?? found.get(cell);
    const other = alike.get(fold(cell));
    if (found.size < MOST_KEPT) found.set(cell, other);
    return other;
  };
}

function fold(value: string): string {
  return value.trim().toLowerCase();
}
