import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { fallsOf, scoreOf } from '../testing/learned-checks.ts';
import { encodingOf } from './columns-read.ts';
import { evaluateRows } from './evaluate-rows.ts';
import { explainRows } from './explain.ts';
import { fitTable } from './fit-table.ts';
import type { LearnedTable } from './learned-table.ts';
import { loadModel } from './load-model.ts';
import { modelCard } from './model-card.ts';
import { predictRows } from './predict-rows.ts';
import { predictTable } from './predict-table.ts';
import { saveModel } from './save-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'dates-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DAY = 86_400_000;
const random = seededRandom(6);
const written = (time: number) => new Date(time).toISOString().slice(0, 10);
const days = Array.from({ length: 400 }, () => Date.UTC(2022, 0, 1 + random.integer(900)));
const sizes = days.map(() => (100 * random.next()).toFixed(1));

/** 96 labelled rows, the others as those to be predicted. */
function learn(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  labels: readonly string[],
): Promise<LearnedTable> {
  return fitTable({
    ...{ columns, target: 'label', trees: 40, unlabelled: rows.slice(96) },
    ...{ rows: rows.slice(0, 96), labels: labels.slice(0, 96) },
  });
}

const parts = (learned: LearnedTable) =>
  encodingOf(learned).flatMap((one) => (one.kind === 'calendar' ? [one.part] : []));
const isWeekend = (time: number) => [0, 6].includes(new Date(time).getUTCDay());

const paid = days.map((time) => time + DAY * random.integer(40));
const late = paid.map((time, i) => (time - (days[i] as number) > 18 * DAY ? 'late' : 'in time'));
const invoices = days.map((time, i) => [written(time), written(paid[i] as number), sizes[i] ?? '']);
const invoiceColumns = ['issued', 'paid', 'size'];

describe('dates', () => {
  it('tell by the day of the week', async () => {
    const labels = days.map((time) => (isWeekend(time) === random.next() < 0.95 ? 'yes' : 'no'));
    const rows = days.map((time, i) => [written(time), sizes[i] as string]);
    const model = await learn(['ordered', 'size'], rows, labels);
    expect(parts(model)).toContain('week');
    expect(scoreOf(model, rows.slice(96), labels.slice(96))).toBeGreaterThan(0.88);
    expect(modelCard(model, { date: '2026-01-01', held: null })).toContain(
      'Of dates it reads the day of the week of ordered',
    );
    const path = join(folder, 'week');
    saveModel(model, path);
    const loaded = await loadModel(path);
    expect(predictRows(loaded, rows)).toEqual(predictRows(model, rows));
    // Another table writes its days in another order.
    const other = rows.map(([day = '', size = '']) => [day.split('-').reverse().join('.'), size]);
    const file = join(folder, 'other.csv');
    writeFileSync(file, ['ordered,size', ...other.map((row) => row.join())].join('\n'));
    const predicted = [];
    const table = await predictTable(loaded, file);
    for await (const some of table.predictions()) predicted.push(...some);
    expect(predicted).toMatchObject(predictRows(model, rows));
  });

  it('tell by the time of the year and of the day', async () => {
    const times = days.map((time) => time + random.integer(24) * (DAY / 24));
    const labels = times.map((time) => {
      const date = new Date(time);
      const warm = 12 - 9 * Math.cos((2 * Math.PI * (time / DAY - 19)) / 365.25);
      return (warm - 4 * Math.cos((2 * Math.PI * (date.getUTCHours() - 3)) / 24)).toFixed(1);
    });
    const rows = times.map((time) => [`${written(time)} ${new Date(time).getUTCHours()}:00`]);
    const model = await learn(['at'], rows, labels);
    expect(parts(model)).toEqual(expect.arrayContaining(['year', 'day']));
    expect(scoreOf(model, rows.slice(96), labels.slice(96))).toBeGreaterThan(0.97);
  });

  it('tell by the days between two of them, from a few labels on', async () => {
    const model = await fitTable({
      ...{ columns: invoiceColumns, target: 'label', trees: 40, unlabelled: invoices.slice(12) },
      ...{ rows: invoices.slice(0, 12), labels: late.slice(0, 12) },
    });
    expect(scoreOf(model, invoices.slice(96), late.slice(96))).toBeGreaterThan(0.9);
    expect(modelCard(model, { date: '2026-01-01', held: null })).toContain(
      'the days from issued to paid',
    );
    const slow = [['2023-03-01', '2023-04-08', '50.0']];
    const [reason] = explainRows(model, slow)[0] ?? [];
    expect(['issued', 'paid']).toContain(reason?.column);
    const fall = fallsOf(model, invoices.slice(96), late.slice(96));
    expect(fall.get('issued')).toBeGreaterThan(0.1);
    expect(fall.get('paid')).toBeGreaterThan(0.1);
    expect(fall.get('size')).toBeLessThan(0.05);
  });

  it('of quantities, too, where one of them is missing as well', async () => {
    const rows = invoices.map((row, i) => (i % 9 === 0 ? row.with(1, '') : row));
    const labels = invoices.map(([, , size], i) =>
      ((Number(size) * ((paid[i] as number) - (days[i] as number))) / DAY).toFixed(2),
    );
    const model = await learn(invoiceColumns, rows, labels);
    const known = rows.flatMap((row, i) => (row[1] === '' ? [] : [i])).slice(80);
    const pick = (some: readonly unknown[]) => known.map((i) => some[i]);
    const report = evaluateRows(model, pick(rows) as string[][], pick(labels) as string[], {
      draws: 0,
    });
    expect(report.kind === 'quantity' && report.figures.r2.value).toBeGreaterThan(0.9);
    const [said] = predictRows(model, [['2023-05-05', '', '30']]);
    expect(said?.kind === 'value' && Number.isFinite(said.value)).toBe(true);
  });

  it('that tell nothing are not looked at but as numbers', async () => {
    const labels = sizes.map((size) => (Number(size) > 50 ? 'large' : 'small'));
    const rows = days.map((time, i) => [written(time), sizes[i] as string]);
    const model = await learn(['ordered', 'size'], rows, labels);
    expect(parts(model)).toEqual([]);
    expect(modelCard(model, { date: '2026-01-01', held: null })).not.toContain('Of dates');
  });
});
