import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { evaluateRows } from './evaluate-rows.ts';
import { explainRows } from './explain.ts';
import { fitTable } from './fit-table.ts';
import { loadModel } from './load-model.ts';
import { modelCard } from './model-card.ts';
import { predictRows } from './predict-rows.ts';
import { predictTable } from './predict-table.ts';
import { saveModel } from './save-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-columns-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = seededRandom(12);
const pick = <Item>(items: readonly Item[]) => items[random.integer(items.length)] as Item;
const MEMOS: Readonly<Record<string, readonly string[]>> = {
  food: ['REWE Markt', 'EDEKA Center', 'Lidl sagt Danke', 'Bäckerei Kamps', 'ALDI Süd Markt'],
  travel: ['DB Vertrieb Fahrkarte', 'Lufthansa Ticket', 'Taxi Zentrale', 'Hotel Ibis Übernachtung'],
  office: ['Staples Büro Toner', 'Amazon Büro Papier', 'Deutsche Post Porto', 'Viking Büro Ordner'],
};
const KINDS = Object.keys(MEMOS);
const labels = Array.from({ length: 240 }, () => pick(KINDS));
const rows = labels.map((kind) => [
  `${pick(MEMOS[kind] as readonly string[])} ${pick(['Köln', 'Bonn', 'Ulm'])} ${random.integer(9000)} ${pick(['EC', 'VISA'])} ${Math.round(1e6 * random.next())}`,
  (5 + 50 * random.next()).toFixed(2),
]);
const columns = ['memo', 'amount'];
const given = { columns, target: 'kind', trees: 40 };
const train = { ...given, rows: rows.slice(0, 24), labels: labels.slice(0, 24) };
const learned = fitTable({ ...train, predicted: { rows: rows.slice(24), labelled: [] } });

describe('free text', () => {
  it('tells classes by its words, from a handful of labels', async () => {
    const model = await learned;
    expect(model.schema.columns[0]?.kind).toBe('text');
    expect(model.warnings).toEqual([]);
    const report = evaluateRows(model, rows.slice(24), labels.slice(24), { draws: 0 });
    expect(report.kind === 'classes' && report.figures.auc.value).toBeGreaterThan(0.93);
    const without = await fitTable({ ...train, without: ['memo'] });
    const blind = evaluateRows(without, rows.slice(24), labels.slice(24), { draws: 0 });
    expect(blind.kind === 'classes' && blind.figures.auc.value).toBeLessThan(0.65);
  });

  it('of Chinese, which has no blanks, too', async () => {
    const words = {
      餐饮: ['美团外卖订单', '星巴克咖啡', '海底捞火锅'],
      交通: ['滴滴出行', '高铁车票', '地铁充值'],
    };
    const kinds = Object.keys(words) as (keyof typeof words)[];
    const said = Array.from({ length: 160 }, () => pick(kinds));
    const memos = said.map((kind) => [
      `${pick(words[kind])}${random.integer(10_000)}号${pick(['北京', '上海'])}`,
    ]);
    const model = await fitTable({
      ...{ columns: ['摘要'], target: '类别', trees: 40 },
      ...{ rows: memos.slice(0, 16), labels: said.slice(0, 16) },
      predicted: { rows: memos.slice(16), labelled: [] },
    });
    const report = evaluateRows(model, memos.slice(16), said.slice(16), { draws: 0 });
    expect(report.kind === 'classes' && report.figures.auc.value).toBeGreaterThan(0.93);
  });

  it('tells a quantity', async () => {
    const fares = { short: 12, regional: 45, express: 130 };
    const names = Object.keys(fares) as (keyof typeof fares)[];
    const tickets = Array.from({ length: 120 }, () => pick(names));
    const notes = tickets.map((name) => [
      `${name} ticket no ${random.integer(9999)} to ${pick(['Ulm', 'Bonn'])} ${random.integer(99)}`,
    ]);
    const prices = tickets.map((name) => (fares[name] * (0.95 + 0.1 * random.next())).toFixed(2));
    const model = await fitTable({
      ...{ columns: ['note'], target: 'price', trees: 40, task: 'quantity' },
      ...{ rows: notes.slice(0, 40), labels: prices.slice(0, 40) },
    });
    const report = evaluateRows(model, notes.slice(40), prices.slice(40), { draws: 0 });
    expect(report.kind === 'quantity' && report.figures.r2.value).toBeGreaterThan(0.9);
  });

  it('is a reason, and stands on the card', async () => {
    const model = await learned;
    const [reasons = []] = explainRows(model, [['REWE Markt Bonn', '20.00']]);
    expect(reasons[0]?.words.en).toMatch(/^memo is REWE Markt Bonn: speaks for food/);
    const card = modelCard(model, { held: null, date: '2025-01-01' });
    expect(card).toContain('Used: memo (text), amount (numeric).');
    expect(card).toContain('- It holds the words that two rows or more have in memo.');
  });

  it('is needed by a saved model, which says the same', async () => {
    const path = join(folder, 'model');
    const model = await learned;
    saveModel(model, path);
    const loaded = await loadModel(path);
    expect(predictRows(loaded, rows.slice(0, 50))).toEqual(predictRows(model, rows.slice(0, 50)));
    const file = join(folder, 'rows.csv');
    writeFileSync(file, 'amount\n12.50\n');
    await expect(predictTable(loaded, file)).rejects.toThrow(/memo \(text\) is missing/);
  });

  it('makes rows different', async () => {
    const [first = ['', '']] = rows;
    const twice = [...train.rows, [`${first[0]} again`, first[1] as string], first];
    const model = await fitTable({
      ...given,
      rows: twice,
      labels: [...train.labels, 'food', 'food'],
    });
    expect(model.seen.labelOf(first)).not.toBeNull();
    expect(model.seen.labelOf([`${first[0]} anew`, first[1] as string])).toBeNull();
  });
});
