import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { askForLabel } from './ask-for-label.ts';
import { learnTable } from './learn.ts';
import type { LearnedTable } from './learned-table.ts';
import { type Prediction, predictTable } from './predict-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-classify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = seededRandom(6);
const table = Array.from({ length: 300 }, (_, i) => {
  const [size, weight] = [random.integer(100), random.integer(100)];
  return { id: `n-${i}`, size, weight, big: size + weight > 100 ? 'yes' : 'no' };
});

function write(name: string, rows: typeof table, label: (i: number) => string): string {
  const path = join(folder, name);
  const lines = rows.map(({ id, size, weight }, i) => [id, size, weight, label(i)].join());
  writeFileSync(path, `id,size,weight,big\n${lines.join('\n')}\n`);
  return path;
}

async function all(predicted: { predictions(): AsyncGenerator<readonly Prediction[]> }) {
  const list: Prediction[] = [];
  for await (const some of predicted.predictions()) list.push(...some);
  return list;
}

function classesOf(learned: LearnedTable): readonly string[] {
  return learned.kind === 'classifier' ? learned.classes : [];
}

function labelOf(learned: LearnedTable, one: Prediction): string | undefined {
  return one.kind === 'class' ? classesOf(learned)[one.predicted] : undefined;
}

/** Of class 1. */
function probabilityOf(one: Prediction): number {
  return one.kind === 'class' ? (one.probabilities[1] as number) : Number.NaN;
}

describe('a table that holds its own labelled rows', () => {
  const file = write('mixed.csv', table, (i) => (i % 3 === 0 ? (table[i]?.big as string) : ''));

  it('gets the others predicted, in order, with their ids', async () => {
    const learned = await learnTable({ file, target: 'big', trees: 40 });
    expect([classesOf(learned), learned.labelled, learned.fromItself]).toEqual([
      ['no', 'yes'],
      100,
      true,
    ]);
    expect(learned.schema.columns[0]).toMatchObject({ name: 'id', role: 'identifier' });
    const predictions = await all(await predictTable(learned, file, { id: 'id' }));
    expect(predictions.map(({ row }) => row)).toEqual(
      table.map((_, i) => i + 1).filter((row) => row % 3 !== 1),
    );
    expect(predictions[0]?.id).toBe('n-1');
    const right = predictions.filter((one) => labelOf(learned, one) === table[one.row - 1]?.big);
    expect(right.length / predictions.length).toBeGreaterThan(0.9);
    const rest = await all(await predictTable(learned, file, { id: 'id', skip: 150 }));
    expect(rest).toEqual(predictions.slice(150));
    await expect(predictTable(learned, file, { id: 'ID' })).rejects.toThrow(
      /no column "ID" to tell rows apart by; it has id, size, weight, big/,
    );
  });
});

describe('what is no file', () => {
  it('is refused by what it is', async () => {
    for (const [file, what] of [
      [folder, 'a folder'],
      ['/dev/null', 'a device'],
    ] as const) {
      await expect(learnTable({ file, target: 'big' })).rejects.toMatchObject({
        code: 'bad-csv',
        message: `Cannot read ${file}: it is ${what}, and a table is read several times. Save the rows as a CSV file and give that.`,
      });
    }
  });

  it.runIf(process.platform === 'linux')('may be a pipe, which is read once', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(learnTable({ file: pipe, target: 'big' })).rejects.toThrow(
      `${pipe}: it is a pipe, which can be read once`,
    );
  });
});

describe('what is no table', () => {
  it('is named, whichever of the two it is', async () => {
    const good = write('good.csv', table.slice(0, 40), (i) => table[i]?.big as string);
    const json = join(folder, 'rows.jsonl');
    writeFileSync(json, '{"size":1,"weight":2,"big":"no"}\n{"size":2,"weight":2,"big":"no"}\n');
    const said = `${json}: This is JSON, not CSV. Save the rows as a CSV file and give that.`;
    const learning = { target: 'big', trees: 2 };
    await expect(learnTable({ file: json, ...learning })).rejects.toThrow(said);
    await expect(learnTable({ file: good, train: json, ...learning })).rejects.toThrow(said);
    await expect(learnTable({ file: json, train: good, ...learning })).rejects.toThrow(said);
    const learned = await learnTable({ file: good, ...learning });
    await expect(predictTable(learned, json)).rejects.toThrow(said);
  });
});

describe('a training table beside it', () => {
  const train = write('train.csv', table.slice(0, 100), (i) => table[i]?.big as string);

  it('tells rows that were learned from and labels that stand there', async () => {
    const file = write('test.csv', table.slice(99, 120), (i) => table[99 + i]?.big as string);
    const learned = await learnTable({ file, target: 'big', train, trees: 20 });
    const predictions = await all(await predictTable(learned, file));
    expect(predictions.map(({ warnings }) => warnings.length)).toEqual([1, ...Array(20).fill(0)]);
    expect(predictions[3]?.label).toBe(table[102]?.big);
    const numbered = join(folder, 'numbered.csv');
    writeFileSync(numbered, 'key,id,note,size,weight\na,n-1,x,1,2\n');
    expect((await predictTable(learned, numbered, { id: 'key' })).warnings).toEqual([
      expect.objectContaining({ en: 'column note was not learned from and is not used' }),
    ]);
  });

  it('tells of columns that cannot be read when predictions end', async () => {
    const learned = await learnTable({ file: train, target: 'big', train, trees: 5 });
    const file = join(folder, 'odd.csv');
    const lines = Array.from({ length: 300 }, (_, i) =>
      [i, i % 20 === 7 ? `${i} kg` : i % 100, i < 10 ? '' : 'abc'].join(),
    );
    writeFileSync(file, `id,size,weight\n${lines.join('\n')}\n`);
    const predicted = await predictTable(learned, file);
    expect(predicted.lateWarnings()).toEqual([]);
    await all(predicted);
    // 15 of 300 sizes are just as many as are not told.
    expect(predicted.lateWarnings().map(({ en }) => en)).toEqual([
      "weight: 290 of 290 cells are no numbers as learned, e.g. row 11 'abc', and are taken as missing",
    ]);
  });

  it('tells of single cells that cannot be read when it learns', async () => {
    const path = join(folder, 'slips.csv');
    const lines = table.map(({ id, size, weight, big }, i) =>
      [id, i === 4 ? '1.234,56 EUR' : `$${size}.50`, weight, big].join(';'),
    );
    writeFileSync(path, `id;size;weight;big\n${lines.join('\n')}\n`);
    const learned = await learnTable({ file: path, target: 'big', trees: 5 });
    expect(learned.warnings.map(({ en }) => en)).toEqual([
      "size: 1 of 300 cells are no numbers as learned, e.g. row 5 '1.234,56 EUR', and are taken as missing",
    ]);
  });

  it('refuses tables that lack columns and targets that are none', async () => {
    const path = join(folder, 'short.csv');
    writeFileSync(path, 'id,Size\n1,2\n');
    const learned = await learnTable({ file: path, target: 'big', train, trees: 5 });
    await expect(predictTable(learned, path)).rejects.toThrow(
      /it has id, Size\. .*weight \(numeric\) is missing$/s,
    );
    await expect(learnTable({ file: path, target: 'large', train })).rejects.toThrow(
      /has no column "large"; it has id, size, weight, big/,
    );
  });
});

describe('a table without labels', () => {
  it('is for the language model, with the classes given', async () => {
    const file = write('none.csv', table.slice(0, 20), () => '');
    const learned = await learnTable({
      file,
      target: 'big',
      classes: ['no', 'yes'],
      language: async () => (rows) => rows.map(([, size]) => [0, (Number(size) - 50) / 10]),
    });
    const predictions = await all(await predictTable(learned, file));
    const sizes = predictions.map(({ row }) => table[row - 1]?.size as number);
    const order = [...sizes.keys()].sort((a, b) => (sizes[a] as number) - (sizes[b] as number));
    const p = order.map((i) => probabilityOf(predictions[i] as Prediction));
    expect(p).toEqual([...p].sort((a, b) => a - b));
    await expect(learnTable({ file, target: 'big' })).rejects.toThrow(/no labels/);
  });
});

describe('askForLabel', () => {
  it.each([
    ['default_next_month', ['0', '1'], 'Default next month? Yes or no?', ['No', 'Yes']],
    ['risk', ['high', 'low', 'mid'], 'What is the risk? high, low or mid?', ['high', 'low', 'mid']],
  ])('%s', (target, classes, question, words) => {
    expect(askForLabel(target, classes)).toEqual({ question, words });
  });
});

describe('a large table', () => {
  it('is gone on with by row number', async () => {
    const train = write('some.csv', table.slice(0, 60), (i) => table[i]?.big as string);
    const many = Array.from({ length: 20_000 }, (_, i) => table[i % 300] as (typeof table)[number]);
    const file = write('pieces.csv', many, () => '');
    const learned = await learnTable({ file, target: 'big', train, trees: 2 });
    const whole = await all(await predictTable(learned, file));
    const rest = await all(await predictTable(learned, file, { skip: 15_000 }));
    expect(rest).toEqual(whole.slice(15_000));
    expect(rest[0]?.row).toBe(15_001);
  });

  it('is stopped in the middle, its threads as well', async () => {
    const few = table.slice(0, 100);
    const train = write('few.csv', few, (i) => few[i]?.big as string);
    const many = Array.from({ length: 40_000 }, (_, i) => table[i % 300] as (typeof table)[number]);
    const file = write('many.csv', many, () => '');
    const learned = await learnTable({ file, target: 'big', train, trees: 10 });
    const controller = new AbortController();
    const csv = { signal: controller.signal };
    const predicted = await predictTable(learned, file, { csv, threads: 2 });
    let rows = 0;
    const taken = (async () => {
      for await (const some of predicted.predictions()) {
        rows += some.length;
        if (rows > 25_000) controller.abort();
      }
    })();
    await expect(taken).rejects.toMatchObject({ code: 'aborted' });
    expect(rows).toBeLessThan(40_000);
  });
});
