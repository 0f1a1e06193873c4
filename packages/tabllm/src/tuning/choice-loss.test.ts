import { engine, loadEngine, seededRandom } from '@quaestor/peft';
import { beforeAll, describe, expect, it } from 'vitest';
import { planLabels } from '../scoring/label-plan.ts';
import { choiceExample } from './choice-example.ts';
import { choiceLoss, type LossWeights, PAPER_LOSSES } from './choice-loss.ts';

beforeAll(() => loadEngine());

const three = planLabels([[5, 6], [5, 7, 8], [9]], 'all');
const two = planLabels([[1], [2]]);
const pass = [
  choiceExample([0], three, 1, 2),
  choiceExample([0, 0], two, 0),
  choiceExample([0], three, 2, 0.5),
];
const step = [...pass, choiceExample([0], two, 1, 3)];
const tokens = 6 + 2 + 6;
const random = seededRandom(3);
const values = Float32Array.from({ length: tokens }, () => -0.05 - 2 * random.next());

/** The formulas, term by term. */
function byHand(l: ArrayLike<number>, weights: LossWeights): number {
  const count = (of: (label: boolean) => boolean) =>
    step.reduce(
      (sum, { plan, label, weight }) =>
        sum +
        weight *
          plan.labels.reduce((all, own, c) => all + (of(c === label) ? own.tokens.length : 0), 0),
      0,
    );
  const examples = step.reduce((sum, { weight }) => sum + weight, 0);
  let [at, lm, ln, ul] = [0, 0, 0, 0];
  for (const { plan, label, weight } of pass) {
    const scores = plan.labels.map(({ tokens: own }, c) => {
      let sum = 0;
      for (let j = 0; j < own.length; j++, at++) {
        const value = l[at] as number;
        sum += value;
        if (c === label) lm -= weight * value;
        else ul -= weight * Math.log(1 - Math.exp(value) + 0.01);
      }
      return sum / own.length ** weights.lengthNorm;
    });
    const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
    ln -= weight * ((scores[label] as number) - total);
  }
  return (
    (weights.lm * lm) / count((right) => right) +
    (weights.ln * ln) / examples +
    (weights.ul * ul) / count((right) => !right)
  );
}

const choices: readonly LossWeights[] = [
  PAPER_LOSSES,
  { lm: 1, ln: 0, ul: 0, lengthNorm: 1 },
  { lm: 0, ln: 1, ul: 0, lengthNorm: 0 },
  { lm: 0, ln: 1, ul: 0, lengthNorm: 0.5 },
  { lm: 0, ln: 0, ul: 1, lengthNorm: 1 },
];

describe('the losses over label choices', () => {
  it.each(choices)('are those of the formulas: %j', (weights) => {
    const { tf } = engine();
    const loss = tf.tidy(() => choiceLoss(tf.tensor1d(values), pass, step, weights).dataSync()[0]);
    expect(loss).toBeCloseTo(byHand(values, weights), 5);
  });

  it.each(choices)('have the gradient of finite differences: %j', (weights) => {
    const { tf } = engine();
    const gradient = tf.tidy(() =>
      tf
        .grad((l) => choiceLoss(l, pass, step, weights))(tf.tensor1d(values))
        .dataSync(),
    );
    for (let t = 0; t < tokens; t++) {
      const moved = (by: number) => {
        const copy = Float64Array.from(values);
        copy[t] = (copy[t] as number) + by;
        return byHand(copy, weights);
      };
      expect(gradient[t]).toBeCloseTo((moved(1e-4) - moved(-1e-4)) / 2e-4, 4);
    }
  });

  it('of the passes of a step add up', () => {
    const { tf } = engine();
    const parts = tf.tidy(() => {
      const all = tf.tensor1d([...values, -0.3, -1.2]);
      const of = (from: number, to: number, some: typeof step) =>
        choiceLoss(tf.slice(all, from, to - from), some, step).dataSync()[0] as number;
      return [
        of(0, tokens + 2, step),
        of(0, 8, step.slice(0, 2)) + of(8, tokens + 2, step.slice(2)),
      ];
    });
    expect(parts[0]).toBeCloseTo(parts[1] as number, 5);
  });

  it('stay finite where a wrong label is certain', () => {
    const { tf } = engine();
    const example = [choiceExample([0], two, 0)];
    tf.tidy(() => {
      const certain = tf.tensor1d([-30, 0.02]);
      const loss = choiceLoss(certain, example, example).dataSync()[0];
      expect(loss).toBeCloseTo(30 + 30.02 - Math.log(0.01), 2);
      const gradient = tf
        .grad((l) => choiceLoss(l, example, example))(certain)
        .dataSync();
      expect([...gradient].every(Number.isFinite)).toBe(true);
    });
  });
});
