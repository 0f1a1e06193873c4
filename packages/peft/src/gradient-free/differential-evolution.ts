/**
 * Differential evolution (Storn & Price 1997), current-to-best: every member xᵢ is crossed with
 *   donor = xᵢ + F·(x_best − xᵢ) + F·(x_a − x_b),   F = 0.8, each coordinate with probability 1/2,
 * and replaced when the cross is not worse. 30 members, nevergrad's defaults.
 */
import type { Random } from '../tensors/random.ts';
import type { Search } from './search.ts';

const MEMBERS = 30;
const FACTOR = 0.8;
const CROSSOVER = 0.5;

/** Begins with 0 and Gaussian points around it. */
export function* differentialEvolution(dimension: number, random: Random): Search {
  const members: Float64Array[] = [];
  const values: number[] = [];
  let best = 0;
  for (let i = 0; i < MEMBERS; i++) {
    const point = new Float64Array(dimension).map(() => (i === 0 ? 0 : random.normal()));
    members.push(point);
    values.push(yield point);
    if (at(values, i) < at(values, best)) best = i;
  }
  for (let i = 0; ; i = (i + 1) % MEMBERS) {
    const current = at(members, i);
    const [a, b] = [at(members, random.integer(MEMBERS)), at(members, random.integer(MEMBERS))];
    const leader = at(members, best);
    const always = random.integer(dimension);
    const tried = current.map((own, d) => {
      if (d !== always && random.next() >= CROSSOVER) return own;
      const pull = (leader[d] as number) - own;
      return own + FACTOR * (pull + (a[d] as number) - (b[d] as number));
    });
    const value = yield tried;
    if (value > at(values, i)) continue;
    members[i] = tried;
    values[i] = value;
    if (value < at(values, best)) best = i;
  }
}

function at<Item>(items: readonly Item[], i: number): Item {
  return items[i] as Item;
}
