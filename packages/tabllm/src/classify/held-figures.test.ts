import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { areaUnderRoc, averagePrecision, column, isClass } from '../metrics/ranking.ts';
import { evaluateRows, heldReport } from './evaluate-rows.ts';
import { fitClassifier } from './fit-classifier.ts';
import { fitTable } from './fit-table.ts';
import { foldsInTurn, stratifiedFolds } from './folds.ts';
import type { LearnedTable } from './learned-table.ts';
import { predictRows } from './predict-rows.ts';
import { groupsOfCopies } from './same-rows.ts';

const random = seededRandom(12);
const columns = ['a', 'b'];
const count = (n: number) => Array.from({ length: n }, (_, i) => i);
const rowOf = (shift: number) => [
  (random.normal() + shift).toFixed(4),
  (random.normal() + shift / 2).toFixed(4),
];

function figuresOf(report: ReturnType<typeof heldReport>) {
  if (report?.kind !== 'classes') throw new Error('expected figures of classes');
  return report;
}

describe('figures under class shares that are met', () => {
  const drawn = (rows: number, share: number) => {
    const labels = count(rows).map((i) => (i < share * rows ? 'yes' : 'no'));
    return { rows: labels.map((label) => rowOf(label === 'yes' ? 1 : 0)), labels };
  };
  const [balanced, met] = [drawn(200, 0.5), drawn(2000, 0.05)];
  const learning = fitTable({
    columns,
    target: 'answer',
    ...balanced,
    trees: 10,
    prior: [0.95, 0.05],
    threshold: { by: 'cost', falsePositive: 1, falseNegative: 10 },
  });

  it('are those of such rows, threshold included', async () => {
    const learned = await learning;
    const held = figuresOf(heldReport(learned, { draws: 50 }));
    const fresh = figuresOf(evaluateRows(learned, met.rows, met.labels, { draws: 0 }));
    expect(held.figures.logLoss.value).toBeCloseTo(fresh.figures.logLoss.value, 1);
    expect(held.figures.brier.value).toBeCloseTo(fresh.figures.brier.value, 1);
    expect(held.figures.accuracy.value).toBeCloseTo(fresh.figures.accuracy.value, 1);
    expect(held.figures.ece.value).toBeLessThan(0.05);
    expect(held.figures.prAuc.value).toBeLessThan(0.4);
    expect(held.priorOnly.prAuc).toBeCloseTo(0.05, 6);
    expect(held.confusion.classes[1]?.support).toBeCloseTo(10, 6);
    // What is best by the costs is near a probability of 1 in 11.
    const said = predictRows(learned, met.rows);
    const yes = said.filter((one) => one.kind === 'class' && one.predicted === 1).length;
    expect(yes / said.length).toBeLessThan(0.4);
    const [negatives, positives] = fresh.confusion.counts;
    const cost = (negatives?.[1] ?? 0) + 10 * (positives?.[0] ?? 0);
    expect(cost / met.rows.length).toBeLessThan(0.5);
  });

  it('are of the classes that are said', async () => {
    const learned = await learning;
    const { figures } = figuresOf(evaluateRows(learned, met.rows, met.labels, { draws: 0 }));
    const said = predictRows(learned, met.rows);
    const right = said.filter(
      (one, i) => one.kind === 'class' && ['no', 'yes'][one.predicted] === met.labels[i],
    );
    expect(figures.accuracy.value).toBeCloseTo(right.length / said.length, 12);
  });
});

describe('figures of few rows', () => {
  const labels = count(40).map((i) => (i % 2 === 0 ? 'yes' : 'no'));
  const rows = labels.map((label) => rowOf(label === 'yes' ? 0.8 : 0));

  it.each([
    ['as they are met', undefined],
    ['with other shares', [0.9, 0.1]],
  ])(
    'put rows in the order of the model, whose calibration is one for all: %s',
    async (_, prior) => {
      const more = { trees: 10, ...(prior && { prior }) };
      const learned = await fitTable({ columns, target: 'answer', rows, labels, ...more });
      if (learned.kind !== 'classifier') throw new Error('expected classes');
      const { held } = fitClassifier({
        schema: learned.schema,
        rows,
        labels: Int32Array.from(labels, (label) => learned.classes.indexOf(label)),
        classes: 2,
        calibrated: false,
        threshold: { by: 'f1' },
        ...more,
      });
      const { auc, prAuc } = figuresOf(heldReport(learned, { draws: 100 })).figures;
      const scores = column(held?.probabilities ?? new Float64Array(), 1, 2);
      const positive = isClass(held?.labels ?? [], 1);
      expect(auc.value).toBeCloseTo(areaUnderRoc(scores, positive), 12);
      if (!prior) expect(prAuc.value).toBeCloseTo(averagePrecision(scores, positive), 12);
      expect(auc.low).toBeLessThan(auc.value);
      expect(auc.high).toBeGreaterThan(auc.value);
      const apart = column(learned.classifier.held?.probabilities ?? new Float64Array(), 1, 2);
      expect(areaUnderRoc(apart, positive)).not.toBeCloseTo(auc.value, 6);
    },
  );
});

describe('figures of rows that are copied', () => {
  const once = count(60).map(() => rowOf(0));
  const noise = once.map(() => (random.next() < 0.5 ? 'yes' : 'no'));
  const copied = <Kind>(list: readonly Kind[]) => count(5).flatMap(() => list);
  const auc = (learned: LearnedTable) =>
    figuresOf(heldReport(learned, { draws: 0 })).figures.auc.value;

  it('do not know the copies, and most of them are told', async () => {
    const given = { columns, target: 'answer', trees: 10 };
    const learned = await fitTable({ ...given, rows: copied(once), labels: copied(noise) });
    expect(auc(learned)).toBeLessThan(0.7);
    const told = '240 of 300 labelled rows repeat others in all that is learned from';
    expect(learned.warnings.map(({ en }) => en).join()).toContain(told);
    const plain = await fitTable({ ...given, rows: once, labels: noise });
    expect(plain.warnings).toEqual([]);
  });

  it('have intervals as wide as those of the rows once', async () => {
    const width = (report: ReturnType<typeof heldReport>) => {
      const { low, high } = figuresOf(report).figures.accuracy;
      return high - low;
    };
    const given = { columns, target: 'answer', trees: 10 };
    const draws = { draws: 200 };
    const learned = await fitTable({ ...given, rows: copied(once), labels: copied(noise) });
    const plain = await fitTable({ ...given, rows: once, labels: noise });
    const evaluated = width(evaluateRows(learned, once, noise, draws));
    expect(width(evaluateRows(learned, copied(once), copied(noise), draws))).toBe(evaluated);
    expect(width(heldReport(learned, draws))).toBeGreaterThan(
      0.8 * width(heldReport(plain, draws)),
    );
  });

  it('do not know them by a running number either', async () => {
    const numbered = (rows: readonly (readonly string[])[], from: number) =>
      rows.map((row, i) => [`${from + i}`, ...row]);
    const learned = await fitTable({
      columns: ['row_no', ...columns],
      target: 'answer',
      rows: numbered(copied(once), 1),
      labels: copied(noise),
      unlabelled: numbered(
        count(400).map(() => rowOf(0)),
        1000,
      ),
      trees: 10,
    });
    expect(auc(learned)).toBeLessThan(0.7);
    expect(learned.warnings.map(({ en }) => en).join()).toContain('240 of 300 labelled rows');
  });

  it('do not know them where the target is a quantity', async () => {
    const learned = await fitTable({
      columns,
      target: 'amount',
      rows: copied(once),
      labels: copied(once.map(() => random.normal().toFixed(3))),
      task: 'quantity',
      trees: 10,
    });
    const report = heldReport(learned, { draws: 0 });
    if (report?.kind !== 'quantity') throw new Error('expected a quantity');
    expect(report.figures.r2.value).toBeLessThan(0.3);
    expect(learned.warnings.map(({ en }) => en).join()).toContain('240 of 300 labelled rows');
  });

  it('are not known of copies of too few rows', async () => {
    const few = count(3).map(() => rowOf(2));
    const rows = [...once, ...count(40).flatMap(() => few)];
    const labels = rows.map((_, i) => (i < once.length ? 'no' : 'yes'));
    const learned = await fitTable({ columns, target: 'answer', rows, labels, trees: 10 });
    expect(heldReport(learned)).toBeNull();
  });
});

describe('folds', () => {
  const rows = [...count(30), 3, 3, 4, 20].map((i) => [`${i}`, `${(i * 7) % 30}`]);
  const labels = Int32Array.from(rows, ([a]) => Number(Number(a) < 10));
  const groups = groupsOfCopies(rows.concat(rows), []) as Int32Array;

  it('keep copies together', () => {
    const twice = Int32Array.from([...labels, ...labels]);
    for (const folds of [
      stratifiedFolds(twice, 5, seededRandom(1), groups),
      foldsInTurn(twice.length, 5, groups),
    ]) {
      expect(new Set(folds).size).toBe(5);
      const pairs = new Set(Array.from(folds, (fold, i) => `${groups[i]} ${fold}`));
      expect(pairs.size).toBe(30);
    }
  });

  it('are the same as without where no rows repeat', () => {
    expect(groupsOfCopies(rows.slice(0, 30), [])).toBeNull();
    const known = labels.slice(0, 30);
    const alone = Int32Array.from(known.keys());
    expect(stratifiedFolds(known, 5, seededRandom(1), alone)).toEqual(
      stratifiedFolds(known, 5, seededRandom(1)),
    );
    expect([...foldsInTurn(7, 5)]).toEqual([0, 1, 2, 3, 4, 0, 1]);
  });

  it('take rows that are the same by nature for what they are', () => {
    const coarse = count(200).map(() => [`${random.integer(4)}`, `${random.integer(3)}`]);
    expect(groupsOfCopies(coarse, [])).toBeNull();
    const dependent = count(200).map(() => {
      const town = random.integer(12);
      return [`${town}`, `${town % 5}`, `${town % 4}`];
    });
    expect(groupsOfCopies(dependent, [])).not.toBeNull();
    expect(groupsOfCopies(dependent.slice(0, 100), dependent.slice(100))).toBeNull();
  });
});

describe('figures beside a class of few rows', () => {
  const sizes = Array.from({ length: 60 }, (_, i) => [`${(i * 37) % 60}`, `${(i * 7) % 11}`]);
  const kinds: string[] = sizes.map(([size], i) =>
    Number(size) + 9 * (i % 3) > 35 ? 'large' : 'small',
  );
  const learn = (labels: readonly string[]) =>
    fitTable({ columns: ['size', 'noise'], target: 'kind', rows: sizes, labels, trees: 10 });

  it('are of the others, which are calibrated; the few rows are learned from, and named', async () => {
    const learned = await learn(kinds.with(3, 'lagre').with(9, 'lagre'));
    const report = heldReport(learned, { draws: 0 });
    if (learned.kind !== 'classifier' || report?.kind !== 'classes') throw new Error('no classes');
    expect(learned.counts.map((count, k) => [learned.classes[k], count])).toContainEqual([
      'lagre',
      2,
    ]);
    expect(report.rows).toBe(58);
    expect(report.figures.auc.value).toBeGreaterThan(0.7);
    expect(learned.classifier.state.calibration.kind).toBe('temperature');
    expect(learned.warnings.map(({ en }) => en)).toEqual([
      'too few rows of "lagre" (2): figures and calibration are of the other classes; label 4 of each class, or mend labels that are mistyped',
    ]);
  });

  it('are none where one class alone has enough rows', async () => {
    const learned = await learn(kinds.map((_, i) => (i === 3 ? 'small' : 'large')));
    expect(heldReport(learned)).toBeNull();
    expect(learned.warnings.map(({ en }) => en)).toEqual([
      'too few rows of "small" (1): how good the predictions are cannot be told, nor are they calibrated; label 4 of each class, or mend labels that are mistyped',
    ]);
  });
});
