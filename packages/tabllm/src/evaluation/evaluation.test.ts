import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { compareMethods } from './compare.ts';
import { findLabelledSets, readLabelledSet } from './labelled-set.ts';
import { languageMethod } from './language-method.ts';
import { macroMeans, meansOfSets } from './macro-means.ts';
import { drawSplit } from './splits.ts';
import { tabularMethods } from './table-method.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-compare-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = seededRandom(2);
const rows = Array.from({ length: 200 }, () => {
  const [size, noise] = [random.normal(), random.normal()];
  return [size.toFixed(3), noise.toFixed(3), size + 0.3 * random.normal() > 0.6 ? '1' : '0'];
});

function set(name: string, splits?: object): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'rows.csv'), ['size,noise,label', ...rows.map(String)].join('\n'));
  if (splits) writeFileSync(join(path, 'splits.json'), JSON.stringify(splits));
  return path;
}

describe('drawSplit', () => {
  const labels = Int32Array.from(rows, ([, , label]) => Number(label));

  it('tests a fifth of the rows and learns from equally many of each class among the others', () => {
    const split = drawSplit(labels, 2, 42);
    expect(new Set(split.test).size).toBe(40);
    const shots = split.shots(33);
    expect(shots.filter((row) => labels[row] === 0)).toHaveLength(16);
    expect(shots.filter((row) => labels[row] === 1)).toHaveLength(17);
    expect(shots.some((row) => split.test.includes(row))).toBe(false);
    expect(drawSplit(labels, 2, 42).shots(33)).toEqual(shots);
    expect(drawSplit(labels, 2, 43).test).not.toEqual(split.test);
  });

  it('draws with replacement where a class has few rows', () => {
    const rare = Int32Array.from({ length: 50 }, (_, i) => (i < 6 ? 1 : 0));
    expect(drawSplit(rare, 2, 1).shots(64)).toHaveLength(64);
  });
});

describe('compareMethods', () => {
  const test = Array.from({ length: 40 }, (_, i) => i);
  const given = {
    seeds: {
      42: {
        test,
        fewshot: { 4: [50, 51, 52, 53], 64: Array.from({ length: 64 }, (_, i) => 60 + i) },
      },
    },
  };
  const path = set('given', given);
  const asked: number[] = [];
  const lucky = languageMethod({
    name: 'lucky',
    learns: false,
    scorer: async ({ test: some }) => {
      asked.push(some.length);
      return { score: (cells) => cells.map(([size]) => [0, Number(size)]) };
    },
  });
  const all = async (more = {}) => {
    const cells = [];
    const options = {
      folders: [path],
      methods: [...tabularMethods, lucky],
      seeds: [42],
      shots: [0, 64],
    };
    for await (const cell of compareMethods({ ...options, ...more })) cells.push(cell);
    return cells;
  };

  it('runs every method where it can, on the rows of the file', async () => {
    const cells = await all();
    expect(cells.map(({ method, k }) => `${method} ${k}`)).toEqual([
      'lucky 0',
      'LogReg 64',
      'RandomForest 64',
      'LogReg+RF 64',
      'ours without LM 64',
    ]);
    expect(asked).toEqual([40]);
    expect(cells.every(({ rows: tested }) => tested === 40)).toBe(true);
    for (const { auc } of cells) expect(auc).toBeGreaterThan(0.9);
    expect(await all({ known: cells })).toEqual([]);
    expect(await all({ known: cells.slice(1), testRows: 30 })).toMatchObject([{ rows: 30 }]);
    const [means] = macroMeans(meansOfSets(cells));
    expect(means).toEqual({ method: 'lucky', k: 0, sets: 1, seeds: 1, mean: cells[0]?.auc });
  });

  it('says what a file of splits lacks', async () => {
    await expect(all({ seeds: [7] })).rejects.toThrow(/has no seed 7; it has 42/);
    await expect(all({ shots: [8] })).rejects.toThrow(/no 8 rows to learn from; it has 4, 64/);
    const beyond = { seeds: { 42: { test: [999], fewshot: {} } } };
    await expect(readLabelledSet(set('beyond', beyond))).rejects.toThrow(/rows beyond the 200/);
    await expect(readLabelledSet(set('odd', { seeds: 3 }))).rejects.toThrow(
      /no file of splits|not a file of splits/,
    );
    expect(findLabelledSets(folder).length).toBeGreaterThan(1);
    expect(() => findLabelledSets(join(folder, 'none'))).toThrow(/holds no tables/);
  });

  it('refuses rows without a label, which would be a class of their own', async () => {
    const path = set('gaps');
    writeFileSync(join(path, 'rows.csv'), 'size,label\n1,a\n2, a \n3,b\n4,\n5, \n');
    await expect(readLabelledSet(path)).rejects.toThrow(/gaps.*2 rows without a label.* row 4;/);
    writeFileSync(join(path, 'rows.csv'), 'size,label\n1,a\n2, a \n3,b\n');
    expect((await readLabelledSet(path)).classes).toEqual(['a', 'b']);
  });

  it('draws its own splits where there is no file', async () => {
    const own = await readLabelledSet(set('own'));
    expect([own.givenSplits, own.asked, own.split(1).test.length]).toEqual([false, null, 40]);
  });

  it('knows how a language model is to be asked', async () => {
    const file = join(set('asked'), 'question.json');
    const read = async (content: object) => {
      writeFileSync(file, JSON.stringify(content));
      return (await readLabelledSet(join(folder, 'asked'))).asked;
    };
    const asked = { question: 'Large? Yes or no?', words: ['No', 'Yes'] };
    expect(await read(asked)).toEqual(asked);
    await expect(read({ ...asked, words: ['Yes'] })).rejects.toThrow(/has 1 words; .* 2 classes/);
    await expect(read({ words: 3 })).rejects.toThrow(
      /is not a question and its words: .*question/s,
    );
  });
});
