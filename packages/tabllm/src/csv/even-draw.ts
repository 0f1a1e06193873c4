import type { Random } from '@quaestor/peft';

/**
 * Which rows are kept of a table whose length is not known: each has the same chance (Vitter's algorithm R).
 * @param most rows that are kept
 * @returns for each row as it comes its place among those kept, in that of another once they are full; null: it is not kept
 */
export function evenDraw(most: number, random: Random): () => number | null {
  let met = 0;
  return () => {
    const at = met++ < most ? met - 1 : random.integer(met);
    return at < most ? at : null;
  };
}
