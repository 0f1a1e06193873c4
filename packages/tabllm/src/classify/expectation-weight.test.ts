import { seededRandom } from '@quaestor/peft';
import { expect, it } from 'vitest';
import { expectationWeight } from './expectation-weight.ts';

/** The weight before it falls with the number of labels, by trying. */
function bySearch(said: Float64Array, labels: Int32Array, classes: number): number {
  const n = labels.length;
  const shares = Array.from({ length: classes }, (_, k) =>
    Math.log((labels.filter((label) => label === k).length + 1) / (n + classes)),
  );
  const objective = (beta: number) => {
    let sum = -((beta - 0.5) ** 2) / (2 * 0.3 ** 2);
    for (const [i, label] of labels.entries()) {
      const scores = shares.map((share, k) => beta * (said[i * classes + k] as number) + share);
      const most = Math.max(...scores);
      const total = scores.reduce((all, score) => all + Math.exp(score - most), 0);
      sum += (scores[label] as number) - most - Math.log(total);
    }
    return sum;
  };
  let [low, high] = [-20, 20];
  for (let step = 0; step < 200; step++) {
    const [one, other] = [low + (high - low) / 3, high - (high - low) / 3];
    if (objective(one) < objective(other)) low = one;
    else high = other;
  }
  return (low + high) / 2;
}

it.each([1, 3, 10])('is the best there is, of scores spread by %d', (spread) => {
  const random = seededRandom(spread);
  for (let table = 0; table < 60; table++) {
    const classes = 2 + (table % 3);
    const n = 1 + random.integer(60);
    const said = Float64Array.from({ length: n * classes }, () => spread * random.normal());
    const labels = Int32Array.from({ length: n }, () => random.integer(classes));
    const beta = expectationWeight(said, labels, classes) * (1 + n / 16);
    expect(beta).toBeCloseTo(bySearch(said, labels, classes), 3);
  }
});
