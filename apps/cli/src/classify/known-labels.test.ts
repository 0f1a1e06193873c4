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

it('figures of known labels are of the classes that are said', async () => {
  const fitted = await fitTable({ columns: ['size'], target: 'kind', rows, labels, trees: 5 });
  if (fitted.kind !== 'classifier') throw new Error('expected classes');
  for (const threshold of [0.1, NEVER_SAID]) {
    const state = { ...fitted.classifier.state, threshold };
    const learned = { ...fitted, classifier: { ...fitted.classifier, state } };
    const known = new KnownLabels(learned);
    const said = predictRows(learned, rows);
    for (const [i, opinion] of said.entries()) {
      const label = labels[i] as string;
      known.add({
        ...opinion,
        row: i + 1,
        id: null,
        label,
        seen: false,
        warnings: [],
      } as Prediction);
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

  it('stay where rows of the table are the same by nature', async () => {
    const few = others.map((_, i) => [`${i % 4}`, `${i % 3}`]);
    const learned = await fitTable({ columns, target: 'kind', rows: few, labels, trees: 5 });
    const { rows: counted, said } = predicted(learned, few.slice(0, 30));
    expect(counted).toBe(30);
    expect(said.join()).toMatch(/^30 of the 30 rows .* as rows of this table often are; /);
  });
});
