/** A model and a table that is written otherwise than the one that was learned from, through files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { learnTable } from './learn.ts';
import type { LearnedTable } from './learned-table.ts';
import { loadModel } from './load-model.ts';
import { predictTable } from './predict-table.ts';
import { saveModel } from './save-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-other-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const random = seededRandom(3);
const rows = Array.from({ length: 160 }, () => ({
  amount: 1000 + random.integer(9_000_000) / 100,
  opened: new Date(Date.UTC(2021, 0, 1 + random.integer(1000))).toISOString().slice(0, 10),
  member: random.integer(2) === 1,
}));
const labelOf = ({ amount, opened, member }: (typeof rows)[0]) =>
  amount / 91_000 + (opened < '2022-05-15' ? 0 : 1) + (member ? 1 : 0) > 1.5 ? 'yes' : 'no';
const train = write('train.csv', [
  'Amount,Opened,Member,left',
  ...rows.map((row) =>
    [row.amount.toFixed(2), row.opened, row.member ? 'TRUE' : 'FALSE', labelOf(row)].join(),
  ),
]);
const plain = write('plain.csv', [
  'Amount,Opened,Member',
  ...rows.map((row) => [row.amount.toFixed(2), row.opened, row.member ? 'TRUE' : 'FALSE'].join()),
]);
const other = write('other.csv', [
  'Kunden im Mai',
  '',
  'member;AMOUNT;opened',
  ...rows.map(({ amount, opened, member }) =>
    [
      member ? 'ja' : 'nein',
      amount.toLocaleString('de', { minimumFractionDigits: 2 }),
      opened.split('-').reverse().join('/'),
    ].join(';'),
  ),
]);

async function said(learned: LearnedTable, file: string, threads = 1) {
  const table = await predictTable(learned, file, { threads });
  const figures: number[] = [];
  let seen = 0;
  for await (const some of table.predictions()) {
    for (const one of some) {
      figures.push(one.kind === 'value' ? one.value : (one.probabilities[1] as number));
      if (one.seen) seen++;
    }
  }
  return { figures, seen, told: table.warnings.map(({ en }) => en), late: table.lateWarnings() };
}

describe('a table in another writing', () => {
  it.each(['left', 'Amount'])('gets the same predictions of %s, and is told so', async (target) => {
    const learned = await learnTable({
      ...{ file: plain, train, target, trees: 10 },
      without: target === 'left' ? [] : ['left'],
    });
    const expected = await said(learned, plain);
    expect(expected.told).toEqual([]);
    const found = await said(learned, other);
    expect(found.figures).toEqual(expected.figures);
    expect([found.seen, found.late]).toEqual([expected.seen, []]);
    expect(found.told).toEqual(
      expect.arrayContaining([
        "what stands above the header, line 3, is passed over: 'Kunden im Mai'",
        'column member is taken for Member, as which it was learned',
        expect.stringMatching(
          /^Opened is written otherwise here .*'\d\d\/\d\d\/2\d{3}' is read as 2\d{3}-/,
        ),
        expect.stringMatching(
          /^Member is written otherwise here .*'(ja' is read as TRUE|nein' is read as FALSE)$/,
        ),
      ]),
    );
  });

  it('gets them of a saved model, too', async () => {
    const learned = await learnTable({ file: plain, train, target: 'left', trees: 10 });
    const model = join(folder, 'model');
    await saveModel(learned, model);
    const loaded = await loadModel(model);
    const expected = await said(loaded, plain);
    expect((await said(loaded, other)).figures).toEqual(expected.figures);
  });

  it('gets nearly the same where it was looked at while the labels were learned', async () => {
    const beside = await learnTable({ file: other, train, target: 'left', trees: 10 });
    const { figures, told } = await said(beside, other);
    const right = figures.filter(
      (p, i) => p > 0.5 === (labelOf(rows[i] as (typeof rows)[0]) === 'yes'),
    );
    expect(right.length).toBeGreaterThan(140);
    expect(told).toContainEqual(expect.stringMatching(/^Member is written otherwise here/));
  });
});
