/**
 * Where a category stands among those that were learned: as it is written or, where no other one could be
 * meant, without regard to case and to blanks around it.
 * @returns undefined for values that were not learned
 */
export function categoryPlaces(values: readonly string[]): (cell: string) => number | undefined {
  const exact = new Map(values.map((value, i) => [value, i]));
  const alike = new Map<string, number | undefined>();
  for (const [i, value] of values.entries()) {
    const folded = fold(value);
    alike.set(folded, alike.has(folded) ? undefined : i);
  }
  return (cell) => exact.get(cell) ?? alike.get(fold(cell));
}

function fold(value: string): string {
  return value.trim().toLowerCase();
}
