/** The classes that a table is learned with: those that were given, or those of its labels. */
import { TabLlmError } from '../errors.ts';
import { type Classes, type ClassHints, classesOf } from './classes.ts';
import type { ModelOptions } from './fit-options.ts';

/**
 * @param given none: those of the labels
 * @throws TabLlmError 'bad-config' where no label is any of those given, 'bad-data' as `classesOf`
 */
export function classesFor(
  target: string,
  labels: readonly string[],
  given: readonly string[] | undefined,
  hints: ClassHints,
): Classes {
  if (given === undefined || given.length === 0) return classesOf(target, labels, hints);
  if (labels.length > 0) return inOrderOf(given, classesOf(target, labels, hints));
  const { names } = classesOf(target, given);
  // Without rows to count, the order given is as good as any.
  return { names: given.length === names.length ? given : names, labels: new Int32Array() };
}

/**
 * The classes that rows are of: those that were given in their order, then others.
 * @throws TabLlmError 'bad-config' where no label is any of those given
 */
function inOrderOf(given: readonly string[], { names, labels }: Classes): Classes {
  const wanted = [...new Set(given.map((name) => name.trim()))];
  const known = wanted.filter((name) => names.includes(name));
  if (known.length === 0) {
    const shown = names.slice(0, 10);
    throw new TabLlmError('bad-config', {
      en: `The labels ${shown.join(', ')} are none of the classes given: ${wanted.join(', ')}. Give the labels as classes, or no classes.`,
      zh: `标签${shown.join('、')}都不在给出的类别中：${wanted.join('、')}。请以这些标签作为类别，或不指定类别。`,
    });
  }
  const ordered = [...known, ...names.filter((name) => !known.includes(name))];
  const places = names.map((name) => ordered.indexOf(name));
  return { names: ordered, labels: labels.map((label) => places[label] as number) };
}

/** @throws TabLlmError 'bad-config' for shares that are not those of these classes */
export function checkPrior(prior: ModelOptions['prior'], classes: readonly string[]): void {
  if (prior === undefined || prior === 'estimate') return;
  const total = prior.reduce((sum, share) => sum + share, 0);
  if (prior.length === classes.length && prior.every((share) => share > 0)) {
    if (Math.abs(total - 1) < 1e-6) return;
  }
  throw new TabLlmError('bad-config', {
    en: `The class shares must be ${classes.length} numbers above 0 that sum to 1, in the order ${classes.join(', ')}; got ${prior.join(', ')}.`,
    zh: `各类别的占比应为 ${classes.length} 个大于 0、总和为 1 的数，顺序为 ${classes.join('、')}，实际为 ${prior.join('、')}。`,
  });
}
