import { fitTable, NEVER_SAID, type Prediction, predictRows } from '@quaestor/tabllm';
import { expect, it } from 'vitest';
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
      known.add({ ...opinion, row: i + 1, id: null, label, warnings: [] } as Prediction);
    }
    const report = known.report();
    if (report?.kind !== 'classes') throw new Error('expected figures of classes');
    const right = said.filter(
      (one, i) => one.kind === 'class' && learned.classes[one.predicted] === labels[i],
    );
    expect(report.figures.accuracy.value).toBeCloseTo(right.length / rows.length, 12);
  }
});
