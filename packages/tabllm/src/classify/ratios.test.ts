import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { besideOf } from '../baseline/encoder.ts';
import { expectKept, fallsOf, scoreOf } from '../testing/learned-checks.ts';
import { encodingOf } from './columns-read.ts';
import { explainRows, reasonsOf } from './explain.ts';
import { fitTable } from './fit-table.ts';
import type { LearnedTable } from './learned-table.ts';
import { partsToLeaveOut } from './left-out.ts';
import { modelCard } from './model-card.ts';
import { predictRows } from './predict-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'ratios-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LABELLED = 80;
const random = seededRandom(11);
const columns = ['department', 'budget', 'spent', 'people'];
const departments = ['sales', 'research', 'office'];
const rows = Array.from({ length: 400 }, () => {
  const budget = Math.exp(8 + 1.2 * random.normal());
  const spent = budget * Math.exp(0.2 * random.normal() - 0.1);
  const people = 2 + random.integer(40);
  return [departments[random.integer(3)], budget.toFixed(0), spent.toFixed(0), `${people}`];
}) as string[][];
const shares = rows.map(([, budget, spent]) => Number(spent) / Number(budget));
const over = shares.map((share) => (share > 1 ? 'yes' : 'no'));

/** The first rows labelled, the others as those to be predicted. */
function learn(labels: readonly string[]): Promise<LearnedTable> {
  return fitTable({
    ...{ columns, target: 'label', trees: 40, unlabelled: rows.slice(LABELLED) },
    ...{ rows: rows.slice(0, LABELLED), labels: labels.slice(0, LABELLED) },
  });
}

const tested = rows.slice(LABELLED);

const ratiosRead = (learned: LearnedTable) =>
  new Set(
    encodingOf(learned).flatMap((encoded) => {
      const beside = besideOf(encoded);
      return beside?.as === 'per' ? [`${columns[encoded.index]} per ${columns[beside.index]}`] : [];
    }),
  );

describe('a ratio of two columns', () => {
  it('tells a class, and what is said of it is kept', async () => {
    const model = await learn(over);
    expect(ratiosRead(model)).toContain('spent per budget');
    expect(scoreOf(model, tested, over.slice(LABELLED))).toBeGreaterThan(0.96);
    expect(modelCard(model, { date: '2026-01-01', held: null })).toContain(
      'Of numbers it reads spent per budget',
    );
    await expectKept(model, join(folder, 'over'), rows);
    const fall = fallsOf(model, tested, over.slice(LABELLED));
    expect(fall.get('spent')).toBeGreaterThan(0.1);
    expect(fall.get('budget')).toBeGreaterThan(0.1);
    expect(fall.get('people')).toBeLessThan(0.05);
    const [first, ...others] = explainRows(model, [['sales', '2000', '3500', '9']])[0] ?? [];
    expect(first).toMatchObject({
      ...{ column: 'spent', cell: '3500', beside: { column: 'budget', cell: '2000' } },
      words: {
        en: expect.stringMatching(
          /^spent is 3500 while budget is 2000: speaks for yes \(.*, without them /,
        ),
      },
    });
    expect(others.map(({ column }) => column)).not.toContain('spent');
    expect(others.map(({ column }) => column)).not.toContain('budget');
  });

  it('tells a quantity that is sometimes below 0', async () => {
    const margins = shares.map((share) => (100 * (1 - share)).toFixed(2));
    const model = await learn(margins);
    expect(ratiosRead(model)).toContain('spent per budget');
    expect(scoreOf(model, tested, margins.slice(LABELLED))).toBeGreaterThan(0.99);
    const [said] = predictRows(model, [['sales', '', '3500', '9']]);
    expect(said?.kind === 'value' && Number.isFinite(said.value)).toBe(true);
  });

  it('is one reason, unless one of the two has all of its effect or it has none', async () => {
    const model = await learn(over);
    const parts = partsToLeaveOut(model.schema, encodingOf(model));
    const places = ['spent', 'budget'].map((name) => columns.indexOf(name));
    const of = (yes: number) =>
      ({ kind: 'class', predicted: 1, probabilities: [1 - yes, yes], margin: 0 }) as const;
    const saidOf = (pair: number, spent: number, budget: number) => {
      const left = parts.map(([index, beside]) => {
        if (beside !== undefined) return of(places.includes(beside) ? pair : 0.9);
        return of([spent, budget][places.indexOf(index)] ?? 0.9);
      });
      const [reasons] = reasonsOf(model, rows.slice(0, 1), [of(0.9)], left);
      return reasons?.map(({ column, beside }) => [column, beside?.column ?? null]);
    };
    expect(saidOf(0.5, 0.8, 0.95)).toEqual([['spent', 'budget']]);
    expect(saidOf(0.5, 0.52, 0.7)).toEqual([['spent', 'budget']]);
    expect(saidOf(0.5, 0.55, 0.88)).toEqual([
      ['spent', null],
      ['budget', null],
    ]);
    expect(saidOf(0.9, 0.6, 0.97)).toEqual([
      ['spent', null],
      ['budget', null],
    ]);
  });

  it('is not looked at where it tells nothing', async () => {
    const labels = rows.map(([, , , people]) => (Number(people) > 20 ? 'large' : 'small'));
    const model = await learn(labels);
    expect(ratiosRead(model)).toEqual(new Set());
    expect(modelCard(model, { date: '2026-01-01', held: null })).not.toContain('Of numbers');
  });

  it('needs labels enough to be shown', async () => {
    const model = await fitTable({
      ...{ columns, target: 'label', trees: 10, unlabelled: rows.slice(4) },
      ...{ rows: rows.slice(0, 4), labels: ['no', 'yes', 'no', 'yes'] },
    });
    expect(ratiosRead(model)).toEqual(new Set());
  });
});
