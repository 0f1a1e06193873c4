/** Figures that are of rows that nothing has seen, and options that are kept to or refused. */
import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { SeenRows } from '../schema/leak.ts';
import { heldReport } from './evaluate-rows.ts';
import type { FitTableOptions } from './fit-options.ts';
import { fitTable } from './fit-table.ts';
import { predictRows } from './predict-rows.ts';

const random = seededRandom(21);
const noise = (count: number) =>
  Array.from({ length: count }, () => [
    (100 * random.next()).toFixed(1),
    ['Bonn', 'Kiel', 'Ulm'][random.integer(3)] as string,
  ]);
const halves = (count: number) => Array.from({ length: count }, (_, i) => (i % 2 ? 'yes' : 'no'));
const base = { target: 'y', trees: 20 };

async function heldAuc(options: FitTableOptions): Promise<number> {
  const report = heldReport(await fitTable(options), { draws: 10 });
  if (report?.kind !== 'classes') throw new Error('no figures');
  return report.figures.auc.value;
}

/** The second class of each row. */
async function said(options: FitTableOptions, rows: readonly (readonly string[])[]) {
  const model = await fitTable(options);
  if (model.kind !== 'classifier') throw new Error('no classes');
  return predictRows(model, rows).map((one) => {
    if (one.kind !== 'class') throw new Error('no class');
    return { name: model.classes[one.predicted], second: one.probabilities[1] as number };
  });
}

describe('copies of labelled rows', () => {
  const rows = noise(40);
  const labels = halves(40);
  it.each<[how: string, copy: (row: readonly string[]) => string[]]>([
    ['letter by letter', (row) => [...row]],
    ['as another number', ([x = '', city = '']) => [`${x}0`, city]],
    ['in capitals, with blanks', ([x = '', city = '']) => [` ${x}`, `${city.toUpperCase()} `]],
  ])('are held out together: %s', async (_, copy) => {
    const twice = { rows: [...rows, ...rows.map(copy)], labels: [...labels, ...labels] };
    const model = await fitTable({ ...base, columns: ['x', 'city'], ...twice });
    expect(model.kind === 'classifier' && model.copies).toBe(40);
  });
});

describe('rows numbered anew in either table', () => {
  it.each(['id', 'Unnamed: 0'])('do not tell labels by their numbers: %s', async (name) => {
    const numbered = (some: readonly (readonly string[])[]) =>
      some.map((row, i) => [String(i), ...row]);
    const labels = halves(100).sort();
    const auc = await heldAuc({
      ...base,
      columns: [name, 'x', 'city'],
      rows: numbered(noise(100)),
      labels,
      predicted: { rows: numbered(noise(100)), labelled: Array(100).fill(false) },
    });
    expect(auc).toBeLessThan(0.8);
  });
});

describe('a threshold', () => {
  it('is judged on rows that it was not chosen on', async () => {
    const balanced = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (seed) => {
        const model = await fitTable({
          ...{ ...base, columns: ['x', 'city'], rows: noise(100), labels: halves(100), seed },
          threshold: { by: 'youden' },
        });
        const report = heldReport(model, { draws: 10 });
        if (report?.kind !== 'classes') throw new Error('no figures');
        return report.figures.balancedAccuracy.value;
      }),
    );
    const mean = balanced.reduce((sum, value) => sum + value / balanced.length, 0);
    expect(mean).toBeLessThan(0.54);
  });

  const few = { ...base, columns: ['a'], rows: [['1'], ['2'], ['8'], ['9']] };
  const labels = ['no', 'no', 'yes', 'yes'];

  it('by costs needs no rows to try it on', async () => {
    const cheap = { by: 'cost', falsePositive: 1, falseNegative: 50 } as const;
    const answers = await said({ ...few, labels, threshold: cheap }, [['4'], ['5']]);
    expect(answers.map(({ name }) => name)).toEqual(['yes', 'yes']);
  });

  it('that takes rows to choose is told of where they are too few', async () => {
    const { warnings } = await fitTable({ ...few, labels, threshold: { by: 'f1' } });
    expect(warnings.map(({ en }) => en).join()).toContain('too few labelled rows of each class');
  });
});

describe('classes that are given', () => {
  const few = { ...base, columns: ['a'], rows: [['1'], ['2'], ['8'], ['9']] };
  const labels = ['no', 'no', 'yes', 'yes'];

  it('keep their order, so that shares are theirs', async () => {
    const prior = [0.95, 0.05];
    const [first] = await said({ ...few, labels, classes: ['yes', 'no'], prior }, [['5']]);
    const [other] = await said({ ...few, labels, classes: ['no', 'yes'], prior }, [['5']]);
    expect(first?.name).toBe('yes');
    expect(other?.name).toBe('no');
  });

  it('have all labels', async () => {
    await expect(fitTable({ ...few, labels, classes: ['sick', 'healthy'] })).rejects.toThrow(
      /labels no, yes are none of the classes given: sick, healthy/,
    );
  });
});

describe('shares that are estimated', () => {
  it('are of all rows, however they are sorted', async () => {
    const two = (count: number, at: number) =>
      Array.from({ length: count }, () => [(at + random.normal()).toFixed(2)]);
    const model = await fitTable({
      ...{ ...base, columns: ['x'], rows: [...two(60, 0), ...two(60, 2)] },
      labels: [...Array(60).fill('low'), ...Array(60).fill('high')],
      unlabelled: [...two(6000, 0), ...two(6000, 2)],
      prior: 'estimate',
    });
    const met = model.kind === 'classifier' ? model.classifier.state.priors?.met : undefined;
    expect(met?.[0]).toBeGreaterThan(0.35);
    expect(met?.[0]).toBeLessThan(0.65);
  });
});

describe('numbers far out', () => {
  it.each(['1e200', '1.797e308', '9999999999'])('leave a quantity what it is: %s', async (mark) => {
    const rows = Array.from({ length: 200 }, () => [(100 * random.next()).toFixed(1)]);
    const values = rows.map(([x]) => (2 * Number(x) + random.normal()).toFixed(2));
    rows[7] = [mark];
    const model = await fitTable({
      ...base,
      columns: ['x'],
      rows,
      labels: values,
      task: 'quantity',
    });
    const [low, high] = predictRows(model, [['10'], ['90']]).map((one) =>
      one.kind === 'value' ? one.value : Number.NaN,
    );
    expect((high as number) - (low as number)).toBeGreaterThan(100);
  });
});

describe('equal rows of different labels', () => {
  it('are remembered with all of them', () => {
    const seen = new SeenRows(inferSchema(['a'], [['red'], ['blue']]));
    for (const label of ['yes', 'no', 'yes']) seen.add(['red'], label);
    seen.add(['blue'], 'no');
    expect([['red'], ['blue'], ['grey']].map((row) => seen.labelOf(row))).toEqual([
      'yes / no',
      'no',
      null,
    ]);
  });
});
