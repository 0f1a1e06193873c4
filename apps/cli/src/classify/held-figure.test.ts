import { fitTable, heldReport } from '@quaestor/tabllm';
import { describe, expect, it } from 'vitest';
import { describeQuality, heldFigure, quickReport } from './held-figure.ts';

const learn = (rows: number, label: (i: number) => string) =>
  fitTable({
    columns: ['size', 'colour'],
    target: 'kind',
    rows: Array.from({ length: rows }, (_, i) => [`${(i * 37) % 60}`, i % 2 ? 'red' : 'blue']),
    labels: Array.from({ length: rows }, (_, i) => label(i)),
    trees: 5,
  });
/** Sometimes wrong, so that figures are no round numbers. */
const kind = (classes: number) => (i: number) =>
  `k${(Math.floor((((i * 37) % 60) * classes) / 60) + Number(i % 7 === 0)) % classes}`;

describe('the figure that is said first', () => {
  it.each([
    ['auc', 'AUC', kind(2)],
    ['balancedAccuracy', 'balanced accuracy', kind(3)],
    ['r2', 'R²', (i: number) => `${((i * 37) % 60) * 1.5 + (i % 7)}`],
  ] as const)('is %s as in the whole report', async (key, name, label) => {
    const learned = await learn(90, label);
    const whole = heldReport(learned, { draws: 200 });
    const figures = whole?.figures as Record<string, { value: number; low: number; high: number }>;
    const { value, low, high } = figures[key] as { value: number; low: number; high: number };
    const figure = heldFigure(learned, null);
    expect(figure).toMatchObject({ key, name, rows: 90 });
    for (const [quick, slow] of [
      [figure?.value, value],
      [figure?.low, low],
      [figure?.high, high],
    ]) {
      expect(quick).toBeCloseTo(slow as number, 10);
    }
    expect(heldFigure(learned, whole)).toMatchObject({ key, value, low, high });
    expect(quickReport(learned, figure)).toMatchObject({
      rows: 90,
      figures: { [key]: { value, low: expect.closeTo(low, 10), high: expect.closeTo(high, 10) } },
    });
    expect(describeQuality(learned, figure)).toBe(
      `On 90 labelled rows that the models had not seen: ${name} ${value.toFixed(2)} (${low.toFixed(2)} – ${high.toFixed(2)}).`,
    );
  });

  it('is not known of too few labels, nor are probabilities calibrated by them', async () => {
    const twelve = await learn(12, kind(2));
    expect(describeQuality(twelve, heldFigure(twelve, null))).toMatch(/^On 12 .*: AUC .*\)\.$/);
    const six = await learn(6, kind(2));
    expect(heldFigure(six, null)).toBeNull();
    expect(quickReport(six, null)).toBeNull();
    expect(describeQuality(six, null)).toBe(
      'Too few labels to tell how good the predictions are, and to calibrate probabilities by: that takes 4 of each class (there are 3 of k0, 3 of k1).',
    );
  });
});
