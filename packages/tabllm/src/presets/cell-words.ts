/** How the paper's templates word a cell. '' means that nothing is said. */
export type CellWords = (cell: string) => string;

/** As it stands in the file. */
export const asWritten: CellWords = (cell) => cell;

/** Without decimals: `58.0` → `58`. */
export const whole: CellWords = (cell) => String(Math.trunc(Number(cell)));

/** With so many decimals. */
export function fixed(decimals: number): CellWords {
  return (cell) => Number(cell).toFixed(decimals);
}

/** By a table of words; what is not in it is said by `otherwise`, default as it stands. */
export function words(
  table: Readonly<Record<string, string>>,
  otherwise: CellWords = asWritten,
): CellWords {
  const map = new Map(Object.entries(table));
  return (cell) => map.get(cell) ?? otherwise(cell);
}
