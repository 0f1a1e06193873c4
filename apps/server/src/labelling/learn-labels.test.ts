import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import type { BoundedTable } from './bounded-table.ts';
import { type LearnRequest, learnLabels, opinionsOf } from './learn-labels.ts';

const random = seededRandom(4);
/** Three of a hundred rows say yes. */
const rows = Array.from({ length: 900 }, (_, i) => {
  const yes = i % 33 === 0;
  const size = random.normal() + (yes ? 1.5 : 0);
  return [size.toFixed(3), random.normal().toFixed(3), i < 700 ? (yes ? 'yes' : 'no') : ''];
});
const table: BoundedTable = {
  columns: ['size', 'other', 'kind'],
  encoding: 'utf-8',
  delimiter: ',',
  warnings: [],
  rows,
  problems: new Map(),
  truncated: false,
  characters: 0,
};
const request: LearnRequest = {
  file: 'table.csv',
  revision: 1,
  target: 'kind',
  kind: 'classes',
  classes: [],
  features: ['size', 'other'],
  group: null,
  threshold: { by: 'cost', false_alarm: 1, miss: 5 },
  given: [],
  answers: null,
};

describe('a quick look at labels of which one is rare', () => {
  it('meets as many of it as there are among all labels', async () => {
    const learned = await learnLabels(table, request);
    const { fit } = learned;
    expect(fit).toMatchObject({ labelled: 700, used: 200 });
    const unlabelled = Array.from({ length: 200 }, (_, i) => 701 + i);
    const mean =
      opinionsOf(table, learned, unlabelled, false).reduce(
        (sum, { probabilities: [, p = 0] }) => sum + p,
        0,
      ) / unlabelled.length;
    expect(mean).toBeLessThan(0.05);
    const labelled = fit.held.reduce((sum, one) => sum + one.rows, 0);
    expect(labelled).toBeCloseTo(700, 6);
    const yes = fit.held.filter(({ is_second }) => is_second);
    expect(yes.reduce((sum, one) => sum + one.rows, 0)).toBeCloseTo(22, 6);
    // What it says of labelled rows and of others is at one threshold.
    const counts = fit.report?.confusion ?? [];
    const said = counts.reduce((sum, row) => sum + (row[1] ?? 0), 0) / 200;
    expect(said).toBeCloseTo((fit.shares[1]?.count ?? 0) / 200, 1);
  });

  it('says whether there are enough labels to calibrate probabilities', async () => {
    const of = async (count: number, kind: 'classes' | 'quantity' = 'classes') => {
      const given = rows.slice(0, count).map(([size, other], i) => {
        const label = kind === 'quantity' ? `${i}.5` : i % 2 === 0 ? 'yes' : 'no';
        return [size as string, other as string, label];
      });
      const { fit } = await learnLabels(
        { ...table, rows: given },
        { ...request, kind, threshold: null },
      );
      return fit.calibrated;
    };
    expect([await of(7), await of(8), await of(32, 'quantity')]).toEqual([false, true, null]);
  });

  it('learns a class that is called NA where it is named', async () => {
    const regions = rows.slice(0, 60).map(([size = '', other = ''], i) => {
      return [size, other, i < 40 ? (i % 2 === 0 ? 'EU' : 'NA') : ''];
    });
    const of = async (classes: readonly string[], given: LearnRequest['given'] = []) => {
      const asked = { ...request, threshold: null, classes, given };
      const { fit } = await learnLabels({ ...table, rows: regions }, asked);
      const told = fit.warnings.filter((told) => JSON.stringify(told).includes('NA\\" (20)'));
      return [fit.labelled, told.length, ...fit.classes];
    };
    expect(await of(['EU', 'NA'])).toEqual([40, 0, 'EU', 'NA']);
    const byHand = [[50, 'US']] as const;
    expect(await of(['EU', 'US'], byHand)).toEqual([21, 1, 'EU', 'US']);
  });

  it('stays as it is where all labels are looked at', async () => {
    const few = { ...table, rows: rows.slice(0, 150).concat(rows.slice(700)) };
    const { learned, fit } = await learnLabels(few, { ...request, threshold: null });
    expect(fit).toMatchObject({ labelled: 150, used: 150 });
    expect(learned).toMatchObject({ classifier: { state: { priors: null } } });
    expect(fit.held.every((one) => one.rows === 1)).toBe(true);
    expect(fit.report?.confusion?.flat().every(Number.isInteger)).toBe(true);
  });
});
