import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { heldReport } from './evaluate-rows.ts';
import { freshRows } from './fresh-rows.ts';
import { learnTable } from './learn.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-fresh-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = seededRandom(9);
const toss = () => (random.integer(2) ? 'yes' : 'no');

function write(name: string, columns: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${columns}\n${lines.join('\n')}\n`);
  return path;
}

/** What is said of the labelled rows. */
async function learn(file: string, train?: string) {
  const learned = await learnTable({ file, target: 'y', trees: 10, ...(train && { train }) });
  const report = heldReport(learned, { draws: 0 });
  if (report?.kind !== 'classes') throw new Error('expected figures of classes');
  return { auc: report.figures.auc.value, said: learned.warnings.map(({ en }) => en).join('; ') };
}

describe('customers whose labels are tosses of a coin', () => {
  const columns = 'customer,month,usage,y';
  const customers = Array.from({ length: 40 }, (_, i) => ({
    name: `K${1000 + i}`,
    label: toss(),
    usage: 100 * random.normal(),
  }));
  const months = (from: number, to: number, label: (own: string) => string) =>
    customers.flatMap(({ name, label: own, usage }) =>
      Array.from({ length: to - from }, (_, m) =>
        [name, `${1 + from + m}`, (usage + random.normal()).toFixed(2), label(own)].join(),
      ),
    );
  const labelled = months(0, 3, (own) => own);
  const train = write('labelled.csv', columns, labelled);
  const together = expect.stringMatching(/customer have the same label, so that they are held out/);

  it('are not known by a copy of the labelled rows, in whatever writing', async () => {
    const spelled = labelled.map((line) => line.replaceAll(/(\.\d\d)/g, '$10'));
    for (const lines of [labelled, spelled]) {
      const { auc, said } = await learn(write('copy.csv', columns, lines), train);
      expect(auc).toBeLessThan(0.7);
      expect(said).toEqual(together);
    }
  });

  it('are not known where the table has rows of others as well, labels by hand or not', async () => {
    const strangers = Array.from({ length: 60 }, (_, i) => `N${i},1,${i}.5,`);
    const without = labelled.map((line) => line.replace(/\w+$/, ''));
    for (const known of [labelled, without]) {
      const file = write('half.csv', columns, [...known, ...strangers]);
      expect((await learn(file, train)).auc).toBeLessThan(0.7);
    }
  });

  it('are known where other months of theirs are to be predicted', async () => {
    const file = write(
      'later.csv',
      columns,
      months(4, 7, () => ''),
    );
    const { auc, said } = await learn(file, train);
    expect(auc).toBeGreaterThan(0.95);
    expect(said).toMatch(
      /figures are of rows whose customer is known; .* --group customer, or on the page/,
    );
  });
});

it('copies do not tell the label of each other beside a copy of their table', async () => {
  const lines = Array.from({ length: 60 }, () => {
    const numbers = [0, 1, 2, 3].map(() => random.normal().toFixed(3));
    return `${numbers.join()},${toss()}`;
  });
  const rows = random.shuffle(lines.flatMap((line) => Array.from({ length: 3 }, () => line)));
  const train = write('copies.csv', 'a,b,c,d,y', rows);
  const { auc, said } = await learn(write('again.csv', 'a,b,c,d,y', rows), train);
  expect(auc).toBeLessThan(0.75);
  expect(said).toMatch(/repeat/);
});

it('a known row stands for one of those that are the same', () => {
  const rows = ['1', '1', '1', '2', '3', '3'].map((size) => [size]);
  const labelled = [false, false, false, false, false, true];
  const schema = inferSchema(['size'], rows);
  const { others, fresh } = freshRows(schema, { rows, labelled }, [['1.0'], ['1'], ['4']]);
  expect(others).toEqual([['1'], ['2'], ['3'], ['3']]);
  expect(fresh).toEqual([['1'], ['2'], ['3']]);
});
