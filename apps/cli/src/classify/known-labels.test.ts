import {
  fitTable,
  type LearnedTable,
  NEVER_SAID,
  type Prediction,
  predictRows,
} from '@quaestor/tabllm';
import { describe, expect, it } from 'vitest';
import { KnownLabels } from './known-labels.ts';

const rows = Array.from({ length: 60 }, (_, i) => [`${(i * 7) % 60}`]);
const labels = rows.map(([size], i) => (Number(size) + 5 * (i % 4) > 40 ? 'yes' : 'no'));

type Opinion = ReturnType<typeof predictRows>[number];

function predictionOf(opinion: Opinion, place: number, label: string): Prediction {
  const told = { row: place + 1, id: null, label, seen: false, warnings: [] };
  return { ...opinion, ...told } as Prediction;
}

it('figures of known labels are of the classes that are said', async () => {
  const fitted = await fitTable({ columns: ['size'], target: 'kind', rows, labels, trees: 5 });
  if (fitted.kind !== 'classifier') throw new Error('expected classes');
  for (const threshold of [0.1, NEVER_SAID]) {
    const state = { ...fitted.classifier.state, threshold };
    const learned = { ...fitted, classifier: { ...fitted.classifier, state } };
    const known = new KnownLabels(learned);
    const said = predictRows(learned, rows);
    for (const [i, opinion] of said.entries()) {
      known.add(predictionOf(opinion, i, labels[i] as string));
    }
    const report = known.report();
    if (report?.kind !== 'classes') throw new Error('expected figures of classes');
    const right = said.filter(
      (one, i) => one.kind === 'class' && learned.classes[one.predicted] === labels[i],
    );
    expect(report.figures.accuracy.value).toBeCloseTo(right.length / rows.length, 12);
  }
});

describe('rows that were learned from', () => {
  const columns = ['size', 'weight'];
  const others = Array.from({ length: 60 }, (_, i) => [`${(i * 7) % 60}`, `${i}`]);
  const predicted = (learned: LearnedTable, some: readonly (readonly string[])[]) => {
    const known = new KnownLabels(learned);
    for (const [i, opinion] of predictRows(learned, some).entries()) {
      const seen = learned.seen.labelOf(some[i] as readonly string[]) !== null;
      const about = { row: i + 1, id: null, label: i % 3 ? 'yes' : 'no', seen, warnings: [] };
      known.add({ ...opinion, ...about } as Prediction);
    }
    return { rows: known.report()?.rows ?? null, said: known.warnings().map(({ en }) => en) };
  };

  it('are left out of the figures, and told', async () => {
    const given = { rows: others.slice(0, 40), labels: labels.slice(0, 40), trees: 5 };
    const learned = await fitTable({ columns, target: 'kind', ...given });
    expect(predicted(learned, others.slice(40))).toEqual({ rows: 20, said: [] });
    expect(predicted(learned, others)).toEqual({
      rows: 20,
      said: [
        '40 of 60 rows with a label are the same as rows that were learned from; the figures are of the others',
      ],
    });
    expect(predicted(learned, others.slice(0, 40))).toEqual({
      rows: null,
      said: [
        'all 40 rows with a label are the same as rows that were learned from, so that they cannot tell how good the predictions are',
      ],
    });
  });

  it('are left out where copies were learned from', async () => {
    const copies = others.slice(0, 20).flatMap((row) => [row, row, row]);
    const learned = await fitTable({ columns, target: 'kind', rows: copies, labels, trees: 5 });
    expect(predicted(learned, [...copies, ...others.slice(20)])).toMatchObject({ rows: 40 });
  });

  it('stay where rows of the table are the same by nature', async () => {
    const few = others.map((_, i) => [`${i % 4}`, `${i % 3}`]);
    const learned = await fitTable({ columns, target: 'kind', rows: few, labels, trees: 5 });
    const { rows: counted, said } = predicted(learned, few.slice(0, 30));
    expect(counted).toBe(30);
    expect(said.join()).toMatch(/^30 of the 30 rows .* as rows of this table often are; /);
  });
});

describe('labels that were not learned', () => {
  const told = async (
    given: readonly string[],
    own: (label: string, i: number) => string,
    classes: readonly string[] = [],
  ) => {
    const learned = await fitTable({
      columns: ['size'],
      target: 'kind',
      rows,
      labels: given,
      trees: 5,
      classes,
    });
    const known = new KnownLabels(learned);
    for (const [i, opinion] of predictRows(learned, rows).entries()) {
      known.add(predictionOf(opinion, i, own(given[i] as string, i)));
    }
    return { rows: known.report()?.rows ?? 0, said: known.warnings().map(({ en }) => en) };
  };

  it('are told, the first of them by name', async () => {
    const { rows: counted, said } = await told(labels, (label, i) => (i % 20 ? label : `left${i}`));
    expect(counted).toBe(57);
    expect(said).toEqual([
      "3 of 60 labels are none that was learned, and are left out of the figures: row 1 'left0', row 21 'left20', row 41 'left40'",
    ]);
    expect(await told(labels, (label) => label)).toEqual({ rows: 60, said: [] });
  });

  it('are those that were, in another writing', async () => {
    const upper = (label: string) => label.toUpperCase();
    expect(await told(labels, upper)).toEqual({ rows: 60, said: [] });
  });

  it('may be one of several classes that differ in writing only', async () => {
    const given = labels.map((label, i) => (i % 3 ? label : label.replace('n', 'N')));
    const { said } = await told(given, (label) => label.toUpperCase(), ['no', 'No']);
    expect(said).toEqual([
      expect.stringMatching(/; is 'NO' the learned 'no'\? Then write them alike$/),
    ]);
  });

  it('may be numbers in another writing', async () => {
    const amounts = rows.map(([size = ''], i) => `${1000 + Number(size)},${i % 10}5 €`);
    const { rows: counted, said } = await told(amounts, (label, i) => (i < 2 ? `$${i}.5` : label));
    expect(counted).toBe(58);
    expect(said).toEqual([
      "2 of 60 labels are none that was learned, and are left out of the figures: row 1 '$0.5', row 2 '$1.5'; numbers were learned as in '1234,5 €': write them alike",
    ]);
  });
});
