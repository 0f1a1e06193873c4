import type { Random } from '@quaestor/peft';

/** A random permutation of 0 … count−1 that leaves nothing in place (of one item: itself). */
export function derangement(count: number, random: Random): number[] {
  const indices = Array.from({ length: count }, (_, i) => i);
  if (count < 2) return indices;
  // About e ≈ 2.7 draws are needed.
  for (;;) {
    const shuffled = random.shuffle(indices);
    if (shuffled.every((image, i) => image !== i)) return shuffled;
  }
}
