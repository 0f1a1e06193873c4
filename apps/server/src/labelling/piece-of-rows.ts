/**
 * A piece of the rows of a kind, by the row that was seen last: a place in their list would pass over rows, as
 * that of rows without a label shrinks while they are labelled.
 */

export interface PieceWanted {
  readonly limit: number;
  /** The row seen last; 0: from the beginning. */
  readonly after: number;
  /** The last rows before this one, instead of those after another. */
  readonly before?: number | undefined;
}

export interface Piece {
  /** Of the kind, in their order. */
  readonly rows: readonly number[];
  /** Rows of the kind. */
  readonly total: number;
  /** Those of them that come before these. */
  readonly passed: number;
}

/** @param list rows in the order of the list, each once */
export function pieceOf(
  list: readonly number[],
  isOfKind: (row: number) => boolean,
  { limit, after, before }: PieceWanted,
): Piece {
  const seen = before ?? after;
  const at = seen === 0 ? -1 : list.indexOf(seen);
  const edge = at < 0 && seen > 0 ? list.length : at + (before === undefined ? 1 : 0);
  const [earlier, later] = [
    list.slice(0, edge).filter(isOfKind),
    list.slice(edge).filter(isOfKind),
  ];
  const total = earlier.length + later.length;
  if (before === undefined) return { rows: later.slice(0, limit), total, passed: earlier.length };
  const rows = earlier.slice(-limit);
  return { rows, total, passed: earlier.length - rows.length };
}
