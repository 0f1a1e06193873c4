/** @returns the cells at these places; '' for what is not there */
export function arrangeCells(places: readonly number[], cells: readonly string[]): string[] {
  return places.map((place) => cells[place] ?? '');
}
