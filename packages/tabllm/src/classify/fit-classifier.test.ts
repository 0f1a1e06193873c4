import { type Random, seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { areaUnderRoc, column, isClass } from '../metrics/ranking.ts';
import { inferSchema } from '../schema/infer.ts';
import { classesOf } from './classes.ts';
import { fitClassifier } from './fit-classifier.ts';
import { stratifiedFolds } from './folds.ts';
import type { LanguageScorer } from './language-scorer.ts';
import { poolOpinions } from './pool-opinions.ts';

describe('classesOf', () => {
  it('orders numbers by size and words by letters', () => {
    expect(classesOf('y', ['10', '9', '10']).names).toEqual(['9', '10']);
    expect(classesOf('y', ['no', 'yes', 'no'])).toEqual({
      names: ['no', 'yes'],
      labels: Int32Array.of(0, 1, 0),
    });
  });

  it('refuses one class and quantities', () => {
    expect(() => classesOf('y', ['a', 'a'])).toThrow(/the label a only/);
    expect(() => classesOf('y', [])).toThrow(/no labels/);
    expect(() =>
      classesOf(
        'y',
        Array.from({ length: 60 }, (_, i) => `${i}`),
      ),
    ).toThrow(/quantity/);
  });
});

describe('stratifiedFolds', () => {
  it('share out every class evenly', () => {
    const labels = Int32Array.from({ length: 53 }, (_, i) => (i < 13 ? 1 : 0));
    const folds = stratifiedFolds(labels, 5, seededRandom(1));
    for (const k of [0, 1]) {
      const counts = [0, 1, 2, 3, 4].map(
        (fold) => folds.filter((f, i) => f === fold && labels[i] === k).length,
      );
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });
});

describe('poolOpinions', () => {
  it('adds log-odds', () => {
    const [, p = 0] = poolOpinions(Float64Array.of(0.4, 0.6), [[0, 1]], 0.5);
    expect(Math.log(p / (1 - p))).toBeCloseTo(Math.log(1.5) + 0.5, 12);
  });
});

describe('fitClassifier', () => {
  const random = seededRandom(8);
  /** The label follows a number in sight of the table, and a word that it cannot read. */
  const all = Array.from({ length: 600 }, () => {
    const [seen, said] = [random.normal(), random.normal()];
    return {
      cells: [seen.toFixed(3), `words ${said.toFixed(3)} of no kind`],
      label: seen + said > 0 ? 1 : 0,
    };
  });
  const cells = all.map((row) => row.cells);
  const labels = Int32Array.from(all, ({ label }) => label);
  const schema = inferSchema(['seen', 'note'], cells, { kinds: new Map([['note', 'text']]) });
  const reads: LanguageScorer = (rows) =>
    rows.map(([, note = '']) => {
      const said = Number(note.split(' ')[1]);
      // Far on the side of class 0, whatever the row.
      return [5 - 2 * said, 2 * said];
    });
  const guessing =
    (luck: Random): LanguageScorer =>
    (rows) =>
      rows.map(() => [luck.normal(), luck.normal()]);
  const [train, rest] = [cells.slice(0, 100), cells.slice(100)];
  const fit = (language: LanguageScorer | null, count = 100) =>
    fitClassifier({
      schema,
      rows: train.slice(0, count),
      labels: labels.slice(0, count),
      classes: 2,
      unlabelled: rest,
      ...(language && { language }),
      trees: 50,
    });
  const auc = (p: Float64Array) => areaUnderRoc(column(p, 1, 2), isClass(labels.slice(100), 1));

  it('lets the language model in where it helps', () => {
    const { evidence, asksLanguage, predict } = fit(reads);
    expect(asksLanguage).toBe(true);
    expect(evidence?.combined).toBeGreaterThan((evidence?.tabular ?? 1) + 0.1);
    expect(auc(predict(rest))).toBeGreaterThan(auc(fit(null).predict(rest)) + 0.1);
  });

  it('keeps it out where it guesses, but for luck', () => {
    const fits = [1, 2, 3, 4, 5, 6].map((seed) => fit(guessing(seededRandom(seed))));
    const [kept, ...others] = fits.filter(({ asksLanguage }) => !asksLanguage);
    expect(others.length).toBeGreaterThanOrEqual(3);
    expect(kept?.evidence?.weight).toBe(0);
    expect(kept?.predict(rest)).toEqual(fit(null).predict(rest));
  });

  it('decides nothing on a handful of labels', () => {
    expect(fit(reads, 6)).toMatchObject({ asksLanguage: false, evidence: null });
  });

  it('asks it alone without labels, and removes its bias', () => {
    const predict = fit(reads, 0).predict;
    const p = column(predict(rest), 1, 2);
    expect(auc(predict(rest))).toBeGreaterThan(0.7);
    const share = p.filter((value) => value > 0.5).length;
    const biased = reads(rest).filter(([no = 0, yes = 0]) => yes > no).length;
    expect(share).toBeGreaterThan(2 * biased);
    expect(() => fit(null, 0)).toThrow(/no labelled rows and no language model/);
  });
});
