/** Rows of a table in the order of their numbers, a piece at a time. */

export interface PieceOfRows<Row> {
  readonly rows: readonly Row[];
  /** Before which number the next piece begins; null after the last. */
  readonly next: number | null;
}

/** @param rows newest first, one more than the piece has, where there are more */
export function pieceOfRows<Row extends { readonly number: number }>(
  rows: readonly Row[],
  limit: number,
): PieceOfRows<Row> {
  const shown = rows.slice(0, limit);
  return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.number ?? null) : null };
}
