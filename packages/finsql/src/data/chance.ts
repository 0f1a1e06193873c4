/** Seeded choices per item: they depend on the item's position alone, not on what came before. */
import { createHash } from 'node:crypto';

/** Uniform in [0, 1). */
export function chance(seed: number, position: number, purpose: string): number {
  const digest = createHash('sha256').update(`${seed}/${position}/${purpose}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** A shuffled copy. */
export function shuffled<Item>(items: readonly Item[], seed: number, position: number): Item[] {
  return items
    .map((item, index) => ({ item, rank: chance(seed, position, `order ${index}`) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
