import { TabLlmError } from '../errors.ts';

/** What each class counts: all alike, by rarity (n / (C·n_c)), or as given. */
export type ClassWeights = 'none' | 'balanced' | readonly number[];

/**
 * @param labels class of each labelled row
 * @throws TabLlmError 'bad-config' when other than one positive number a class is given
 */
export function weightsOfClasses(
  weights: ClassWeights,
  labels: ArrayLike<number>,
  classes: number,
): readonly number[] {
  if (weights === 'none') return Array.from({ length: classes }, () => 1);
  if (weights === 'balanced') {
    const counts = new Array<number>(classes).fill(0);
    for (let i = 0; i < labels.length; i++) {
      counts[labels[i] as number] = (counts[labels[i] as number] as number) + 1;
    }
    return counts.map((count) => (count === 0 ? 0 : labels.length / (classes * count)));
  }
  if (weights.length === classes && weights.every((weight) => weight > 0)) return weights;
  throw new TabLlmError('bad-config', {
    en: `There are ${classes} classes; expected a positive weight for each, got ${weights.join(', ') || 'none'}.`,
    zh: `共有 ${classes} 个类别，每个类别应有一个正的权重，实际为 ${weights.join('、') || '无'}。`,
  });
}
