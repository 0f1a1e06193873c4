/** A stream whose beginning can be looked at before it is read. */
export interface Peekable<Piece> {
  /** At least so much from the beginning, or all there is. */
  peek(length: number): Promise<Piece>;
  /** Everything, from the beginning. */
  all(): AsyncGenerator<Piece>;
}

/** @param join makes one piece of several */
export function peekable<Piece extends { readonly length: number }>(
  pieces: AsyncGenerator<Piece>,
  join: (pieces: readonly Piece[]) => Piece,
): Peekable<Piece> {
  const seen: Piece[] = [];
  return {
    peek: async (length) => {
      let total = 0;
      while (total < length) {
        const { value, done } = await pieces.next();
        if (done) break;
        seen.push(value);
        total += value.length;
      }
      return join(seen);
    },
    all: async function* () {
      try {
        while (seen.length > 0) yield seen.shift() as Piece;
        yield* pieces;
      } finally {
        await pieces.return(undefined);
      }
    },
  };
}
