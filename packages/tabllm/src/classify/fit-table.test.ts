import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { NEVER_SAID } from '../metrics/decided-classes.ts';
import { evaluateRows, heldReport } from './evaluate-rows.ts';
import { explainRows, reasonsOf } from './explain.ts';
import { fitTable } from './fit-table.ts';
import { permutationImportance } from './importance.ts';
import { modelCard } from './model-card.ts';
import { predictRows } from './predict-rows.ts';

const random = seededRandom(11);
const columns = ['rooms', 'zone', 'noise'];
const rows = Array.from({ length: 300 }, () => [
  String(1 + random.integer(8)),
  ['centre', 'edge'][random.integer(2)] as string,
  random.normal().toFixed(3),
]);
const price = ([rooms = '', zone = '']: readonly string[]) =>
  10 * Number(rooms) + (zone === 'centre' ? 40 : 0);
const prices = rows.map((row) => (price(row) + random.normal()).toFixed(2));
const dear = rows.map((row) => (price(row) > 60 ? 'dear' : 'cheap'));
const [train, rest] = [rows.slice(0, 200), rows.slice(200)];
const base = { columns, rows: train, trees: 60 };

describe('a quantity', () => {
  const learned = fitTable({ ...base, target: 'price', labels: prices.slice(0, 200) });

  it('is told from classes by its many numbers, and found again', async () => {
    const model = await learned;
    expect(model.kind).toBe('regressor');
    const report = evaluateRows(model, rest, prices.slice(200), { draws: 50 });
    expect(report.kind === 'quantity' && report.figures.r2.value).toBeGreaterThan(0.95);
    expect(report.kind === 'quantity' && report.meanOnly.r2).toBeCloseTo(0, 10);
  });

  it('has intervals that hold about 90 % of the rows', async () => {
    const opinions = predictRows(await learned, rest);
    const inside = opinions.filter(
      (one, i) =>
        one.kind === 'value' &&
        Number(prices[200 + i]) >= (one.low as number) &&
        Number(prices[200 + i]) <= (one.high as number),
    );
    expect(inside.length / rest.length).toBeGreaterThan(0.8);
    expect(inside.length / rest.length).toBeLessThan(1);
  });

  it('warns of a value that lies far from all others', async () => {
    const labels = prices.slice(0, 60).with(5, '99999999');
    const model = await fitTable({ ...base, target: 'price', rows: train.slice(0, 60), labels });
    const told = model.warnings.filter(({ en }) => en.startsWith('one value lies far'));
    expect(told.map(({ en }) => en)).toEqual([
      expect.stringMatching(/counts as less far: 99999999;/),
    ]);
    const [said] = predictRows(model, [['4', 'edge', '0.1']]);
    expect(said?.kind === 'value' && Math.abs(said.value - 40)).toBeLessThan(15);
  });

  it('may be asked for, and is refused where labels are no numbers', async () => {
    const few = { ...base, target: 'rooms', rows: train.slice(0, 3), labels: ['1', '2', '3'] };
    const model = await fitTable({ ...few, task: 'quantity' });
    expect(model.kind).toBe('regressor');
    expect(model.kind === 'regressor' && model.regressor.state.intervals).toEqual([]);
    await expect(fitTable({ ...few, labels: ['1', 'two', '3'], task: 'quantity' })).rejects.toThrow(
      /rooms is not a quantity: 1 of 3 labels are no numbers: 'two'/,
    );
    await expect(fitTable({ ...few, labels: ['1', '', ''], task: 'quantity' })).rejects.toThrow(
      /at least two labelled rows/,
    );
    expect((await fitTable({ ...few, task: 'auto' })).kind).toBe('classifier');
  });
});

describe('reasons', () => {
  it('name the columns that move a row, in words', async () => {
    const model = await fitTable({ ...base, target: 'dear', labels: dear.slice(0, 200) });
    const [reasons = []] = explainRows(model, [['8', 'edge', '0.1']]);
    expect(reasons[0]?.column).toBe('rooms');
    expect(reasons[0]?.words.en).toMatch(
      /^rooms is 8: speaks for dear \((0\.\d\d|1\.00), without it 0\.\d\d\)$/,
    );
    expect(reasons[0]?.words.zh).toMatch(
      /^rooms 为 8：支持 dear（(0\.\d\d|1\.00)，没有它为 0\.\d\d）$/,
    );
    expect(reasons.every(({ column }) => column !== 'noise')).toBe(true);
    const [against = []] = explainRows(model, [['5', 'edge', '0.1']]);
    expect(against.find(({ column }) => column === 'zone')?.words.en).toMatch(
      /^zone is edge: speaks for cheap /,
    );
  });

  it('tell how much a quantity is moved', async () => {
    const model = await fitTable({ ...base, target: 'price', labels: prices.slice(0, 200) });
    const [[first] = []] = explainRows(model, [['1', 'centre', '']]);
    expect(first?.words.en).toMatch(/^rooms is 1: lowers it by \d+/);
  });

  it('are not told where a quantity is hardly moved, by the measure of its spread', async () => {
    const model = await fitTable({ ...base, target: 'price', labels: prices.slice(0, 200) });
    const scale = model.kind === 'regressor' ? model.regressor.state.scale : Number.NaN;
    expect(scale).toBeGreaterThan(10);
    const of = (value: number) => ({ kind: 'value', value, low: null, high: null }) as const;
    const left = [0.001, 0.004, 0.006].map((share) => of(share * scale));
    const [reasons] = reasonsOf(model, [['1', 'centre', '0.1']], [of(0)], left);
    expect(reasons?.map(({ column }) => column)).toEqual(['noise']);
  });
});

describe('learning', () => {
  it.each([
    ['classes', dear],
    ['quantity', prices],
  ] as const)('of %s is stopped between two models', async (task, labels) => {
    const controller = new AbortController();
    const given = { ...base, target: 'target', labels: labels.slice(0, 200), task };
    const learning = fitTable({ ...given, signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(learning).rejects.toMatchObject({
      code: 'aborted',
      message: 'Learning was stopped: this run has predicted nothing yet.',
    });
  });
});

describe('permutationImportance', () => {
  it('puts the columns in order', async () => {
    const model = await fitTable({ ...base, target: 'dear', labels: dear.slice(0, 200) });
    const list = permutationImportance(model, rest, dear.slice(200));
    expect(list.map(({ column }) => column)).toEqual(['rooms', 'zone', 'noise']);
    expect(list[0]?.fall).toBeGreaterThan(0.1);
    expect(Math.abs(list[2]?.fall ?? 1)).toBeLessThan(0.02);
    expect(() =>
      permutationImportance(
        model,
        rest,
        rest.map(() => 'odd'),
      ),
    ).toThrow(/does not know the labels odd/);
  });
});

describe('probabilities', () => {
  /** One in five is wrong. */
  const labels = dear.slice(0, 200).map((label, i) => (i % 5 > 0 ? label : 'dear'));
  const shareOf = (model: Awaited<ReturnType<typeof fitTable>>) => {
    const opinions = predictRows(model, rest);
    return (
      opinions.reduce(
        (sum, one) => sum + (one.kind === 'class' ? (one.probabilities[1] as number) : 0),
        0,
      ) / opinions.length
    );
  };

  it('move with the class shares that are expected', async () => {
    const plain = shareOf(await fitTable({ ...base, target: 'dear', labels }));
    const rare = shareOf(await fitTable({ ...base, target: 'dear', labels, prior: [0.98, 0.02] }));
    expect(rare).toBeLessThan(plain - 0.05);
    await expect(fitTable({ ...base, target: 'dear', labels, prior: [1] })).rejects.toThrow(
      /2 numbers above 0 that sum to 1, in the order cheap, dear/,
    );
  });

  it('turn into labels at the threshold that costs least', async () => {
    const threshold = { by: 'cost', falsePositive: 50, falseNegative: 1 } as const;
    const careful = await fitTable({ ...base, target: 'dear', labels, threshold });
    const bold = await fitTable({
      ...base,
      target: 'dear',
      labels,
      threshold: { by: 'cost', falsePositive: 1, falseNegative: 50 },
    });
    const yes = (model: typeof careful) =>
      predictRows(model, rest).filter((one) => one.kind === 'class' && one.predicted === 1).length;
    expect(yes(careful)).toBeLessThan(yes(bold));
    await expect(
      fitTable({
        ...base,
        target: 'zone',
        labels: labels.map((_, i) => 'abc'.charAt(i % 3)),
        threshold,
      }),
    ).rejects.toThrow(/for two classes; there are 3/);
  });
});

describe('a model card', () => {
  it('tells what the model is made from and how good it is', async () => {
    const model = await fitTable({ ...base, target: 'de|ar\n# x', labels: dear.slice(0, 200) });
    const card = modelCard(model, {
      held: heldReport(model, { draws: 20 }),
      tested: evaluateRows(model, rest, dear.slice(200), { draws: 20 }),
      importance: permutationImportance(model, rest, dear.slice(200), { repeats: 1 }),
      date: '2026-01-02',
    });
    expect(card).toMatch(
      /^# de\\\|ar \\# x\n\nMade on 2026-01-02 from 200 labelled rows, seed 0\./,
    );
    expect(card).toMatch(/Classes, with their labelled rows: cheap \(\d+\), dear \(\d+\)/);
    expect(card.match(/\| AUC \| (0\.9\d*|1) \|/g)).toHaveLength(2);
    expect(card).toContain('Used: rooms (numeric), zone (category), noise (numeric).');
    expect(card).toMatch(/\| rooms \| 0\.\d/);
  });

  it('says that the second class is never said, and ends each warning once', async () => {
    const model = await fitTable({ ...base, target: 'dear', labels: dear.slice(0, 200) });
    if (model.kind !== 'classifier') throw new Error('expected classes');
    const { classifier } = model;
    const state = { ...classifier.state, threshold: NEVER_SAID };
    const warnings = ['is it known before?', 'not used: note'].map((en) => ({ en, zh: en }));
    const never = { ...model, warnings, classifier: { ...classifier, state } };
    const card = modelCard(never, { held: null, date: '' });
    expect(card).toContain('dear is never said: by the labelled rows no threshold is better.');
    expect(card).toContain('- Warning: is it known before?\n- Warning: not used: note.\n');
    expect(
      predictRows(never, rest).every((one) => one.kind === 'class' && one.predicted === 0),
    ).toBe(true);
  });

  it('says so when labels were too few to tell', async () => {
    const model = await fitTable({
      ...base,
      target: 'dear',
      rows: train.slice(0, 4),
      labels: ['cheap', 'dear', 'cheap', 'dear'],
    });
    expect(heldReport(model)).toBeNull();
    expect(modelCard(model, { held: null, date: '' })).toContain('too few to tell');
  });
});

describe('what a program gives', () => {
  const few = { columns: ['a'], target: 'y', rows: [['1'], ['2']], labels: ['p', 'q'] };
  // As JSON gives them.
  const mixed = [['1'], [2]] as unknown as string[][];

  it('has one label for each row', async () => {
    const message = /There are 2 rows and 3 labels; each row needs one label/;
    await expect(fitTable({ ...few, labels: ['p', 'q', 'p'] })).rejects.toThrow(message);
    const model = await fitTable(few);
    expect(() => evaluateRows(model, few.rows, ['p', 'q', 'p'])).toThrow(message);
  });

  it('is text', async () => {
    const message = /row 2, cell 1 is 2 \(number\)/;
    await expect(fitTable({ ...few, rows: mixed })).rejects.toThrow(message);
    await expect(fitTable({ ...few, unlabelled: mixed })).rejects.toThrow(message);
    const model = await fitTable(few);
    expect(() => predictRows(model, mixed)).toThrow(message);
    const labels = ['p', null] as unknown as string[];
    await expect(fitTable({ ...few, labels })).rejects.toThrow(/label 2 is null/);
  });

  it('is told of with all its options', async () => {
    const threshold = 'f1' as unknown as { by: 'f1' };
    const error = await fitTable({ ...few, trees: 0, threshold, languageWeight: -1 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'bad-config',
      problems: [/^trees: /, /^threshold: /, /^languageWeight: /].map((line) =>
        expect.stringMatching(line),
      ),
    });
  });

  it('may be a language model, whose scores are finite numbers', async () => {
    const notes = Array.from({ length: 40 }, (_, i) => [`some long text number ${i} about it`]);
    const labels = notes.map((_, i) => (i % 3 ? 'p' : 'q'));
    const of = (row: number[], rows = notes) =>
      fitTable({
        columns: ['note'],
        target: 'y',
        rows,
        labels: rows === notes ? labels : [],
        unlabelled: notes,
        classes: ['p', 'q'],
        trees: 5,
        language: async () => (some) => some.map(() => row),
      });
    await expect(of([Number.NaN, 0])).rejects.toThrow(
      /64 × 2 finite scores.*got \[NaN, 0\] for row 1/,
    );
    await expect(of([1])).rejects.toThrow(/got \[1\] for row 1/);
    const sure = await of([-2000, 0], []);
    const [opinion] = predictRows(sure, [['some text']]);
    expect(opinion?.kind === 'class' && opinion.probabilities.every(Number.isFinite)).toBe(true);
  });
});

describe('fifty classes', () => {
  it('are told apart, and one more is a quantity or an error', async () => {
    const many = Array.from({ length: 510 }, (_, i) => [String(i % 51), String((i * 7) % 13)]);
    const of = (classes: number) => ({
      columns: ['key', 'other'],
      target: 'y',
      trees: 5,
      rows: many.filter(([key]) => Number(key) < classes),
      labels: many.flatMap(([key]) => (Number(key) < classes ? [`c${key}`] : [])),
    });
    const model = await fitTable(of(50));
    expect(model.kind === 'classifier' && model.classes).toHaveLength(50);
    await expect(fitTable(of(51))).rejects.toThrow(/at most 50 classes/);
  });
});
