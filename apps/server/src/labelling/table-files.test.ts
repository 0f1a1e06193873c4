import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCsv } from '@quaestor/tabllm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBounded } from './bounded-table.ts';
import { writeLabelledRows } from './labelled-rows.ts';
import { tableWithPredictions } from './with-table.ts';

let folder: string;
let table: string;
/** More than is read at once. */
let long: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-labelling-'));
  table = join(folder, 'table.csv');
  // Semicolons, a quoted line break, a formula, a missing label, a row without its last cell.
  writeFileSync(
    table,
    'name;note;kind\n=1+1;"two\nlines; ""quoted""";a\nb;x;\nc;y;?\nd;z;b\ne;w\n',
  );
  long = join(folder, 'long.csv');
  writeFileSync(long, `name,kind\n${'some more,a\n'.repeat(50_000)}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function cellsOf(path: string): Promise<(readonly string[])[]> {
  const read = await openCsv(path);
  const rows: (readonly string[])[] = [read.columns];
  for await (const piece of read.rows()) rows.push(...piece.map(({ cells }) => cells));
  return rows;
}

/** How often this process has a file open. */
function opened(path: string): number {
  return readdirSync('/proc/self/fd').filter((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`) === path;
    } catch {
      return false;
    }
  }).length;
}

describe('a table in pieces', () => {
  it('is read up to a number of rows, with the faults of each', async () => {
    const whole = await readBounded(table);
    expect(whole).toMatchObject({
      columns: ['name', 'note', 'kind'],
      delimiter: ';',
      truncated: false,
    });
    expect(whole.rows).toHaveLength(5);
    expect([...whole.problems]).toEqual([
      [5, [expect.objectContaining({ en: 'has 2 cells where the header has 3' })]],
    ]);
    const some = await readBounded(table, { mostRows: 2 });
    expect([some.rows.length, some.truncated]).toEqual([2, true]);
    expect((await readBounded(table, { mostRows: 5 })).truncated).toBe(false);
  });

  it('gives its labelled rows, cells as they are, labels by hand before its own', async () => {
    const path = join(folder, 'labelled.csv');
    const given = new Map([
      [2, 'b'],
      [4, 'a'],
    ]);
    const options = { target: 'kind', columns: ['note', 'name'], classes: [], given };
    expect(await writeLabelledRows(table, path, options)).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    );
    expect(await cellsOf(path)).toEqual([
      ['note', 'name', 'kind'],
      ['two\nlines; "quoted"', '=1+1', 'a'],
      ['x', 'b', 'b'],
      ['z', 'd', 'a'],
    ]);
  });

  it.runIf(process.platform === 'linux')('tells when its labelled rows find no room', async () => {
    const options = { target: 'kind', columns: ['name'], classes: [], given: new Map() };
    await expect(writeLabelledRows(long, '/dev/full', options)).rejects.toThrow('ENOSPC');
    await expect.poll(() => opened(long)).toBe(0);
  });

  it.runIf(process.platform === 'linux')('is closed when a download is broken off', async () => {
    const predictions = join(folder, 'broken-off.csv');
    writeFileSync(predictions, `row,prediction\n${'1,b\n'.repeat(100_000)}`);
    const options = { rows: long, predictions, target: 'kind', given: new Map() };
    for (const pieces of [1, 2]) {
      const merged = tableWithPredictions(options);
      for (let piece = 0; piece < pieces; piece++) await merged.next();
      await merged.return(undefined);
    }
    const gone = tableWithPredictions({ ...options, predictions: join(folder, 'none.csv') });
    await expect(gone.next()).rejects.toMatchObject({ code: 'not-found' });
    await expect.poll(() => [opened(long), opened(predictions)]).toEqual([0, 0]);
  });

  it('gets its target filled in, predictions beside, and formulas made harmless', async () => {
    const predictions = join(folder, 'predictions.csv');
    // Row 4 was not predicted; a column has a name that the table has, too.
    writeFileSync(predictions, 'row,prediction,note\n1,b,p\n2,=9,q\n3,a,r\n5,b,s\n');
    const given = new Map([[3, 'b']]);
    const merged = join(folder, 'merged.csv');
    const pieces: string[] = [];
    for await (const piece of tableWithPredictions({
      rows: table,
      predictions,
      target: 'kind',
      given,
    })) {
      pieces.push(piece);
    }
    writeFileSync(merged, pieces.join(''));
    expect(await cellsOf(merged)).toEqual([
      ['name', 'note', 'kind', 'prediction', 'note_2'],
      ["'=1+1", 'two\nlines; "quoted"', 'a', 'b', 'p'],
      ['b', 'x', "'=9", "'=9", 'q'],
      ['c', 'y', 'b', 'a', 'r'],
      ['d', 'z', 'b', '', ''],
      ['e', 'w', 'b', 'b', 's'],
    ]);
    const added: string[] = [];
    for await (const piece of tableWithPredictions({
      rows: table,
      predictions,
      target: 'new',
      given,
    })) {
      added.push(piece);
    }
    expect(added[0]).toBe('name;note;kind;new;prediction;note_2\n');
    expect(readFileSync(predictions, 'utf8')).toContain('=9');
  });

  it.each([
    ['UTF-8', Buffer.from('name;kind\nZoë;\n'), ''],
    ['UTF-8 with a mark', Buffer.from('\ufeffname;kind\nZoë;\n'), '\ufeff'],
    ['UTF-16', Buffer.from('\ufeffname;kind\nZoë;\n', 'utf16le'), '\ufeff'],
    ['Latin-1', Buffer.from('name;kind\r\nZoë;\r\n', 'latin1'), '\ufeff'],
  ])('is UTF-8, marked where the table was not plain: %s', async (_, bytes, mark) => {
    const [rows, predictions] = [join(folder, 'sent.csv'), join(folder, 'said.csv')];
    writeFileSync(rows, bytes);
    writeFileSync(predictions, 'row,prediction\n1,b\n');
    const pieces: string[] = [];
    const options = { rows, predictions, target: 'kind', given: new Map() };
    for await (const piece of tableWithPredictions(options)) pieces.push(piece);
    expect(pieces.join('')).toBe(`${mark}name;kind;prediction\nZoë;b;b\n`);
  });

  it('keeps a label that is a word for none where a class is named so', async () => {
    const [rows, predictions] = [join(folder, 'regions.csv'), join(folder, 'regions-said.csv')];
    writeFileSync(rows, 'size,region\n1,NA\n2,?\n');
    writeFileSync(predictions, 'row,prediction,p_EU,p_NA\n1,EU,0.6,0.4\n2,NA,0.3,0.7\n');
    const pieces: string[] = [];
    const options = { rows, predictions, target: 'region', given: new Map() };
    for await (const piece of tableWithPredictions(options)) pieces.push(piece);
    expect(pieces.join('').split('\n').slice(1, 3)).toEqual(['1,NA,EU,0.6,0.4', '2,NA,NA,0.3,0.7']);
  });

  it.each([
    ['66,01;5', '66,01;74,1411;74,1411;60,5;-80,25'],
    ['66,01 €;5', '66,01 €;74,1411 €;74,1411;60,5;-80,25'],
    ['66.01;5', '66.01;74.1411;74.1411;60.5;-80.25'],
    // Whole numbers are written as the decimals beside them.
    ['66;5,25', '66;74,1411;74,1411;60,5;-80,25'],
    ['66;5', '66;74.1411;74.1411;60.5;-80.25'],
  ])('writes quantities as the table does: %s', async (first, expected) => {
    const [rows, predictions] = [join(folder, 'prices.csv'), join(folder, 'prices-said.csv')];
    const [price, size] = first.split(';');
    writeFileSync(rows, `price;size\n${price};${size}\n;${size}\n`);
    writeFileSync(predictions, 'row,prediction,low,high,warnings\n2,74.1411,60.5,-80.25,\n');
    const pieces: string[] = [];
    const options = { rows, predictions, target: 'price', given: new Map() };
    for await (const piece of tableWithPredictions(options)) pieces.push(piece);
    const [known, filled, ...figures] = expected.split(';');
    expect(pieces.join('')).toBe(
      `price;size;prediction;low;high;warnings\n${known};${size};;;;\n${filled};${size};${figures.join(';')};\n`,
    );
  });

  it('writes probabilities with the decimal mark of the table', async () => {
    const [rows, predictions] = [join(folder, 'marks.csv'), join(folder, 'marks-said.csv')];
    writeFileSync(rows, 'size;kind\n1,5;a\n2,5;\n');
    writeFileSync(
      predictions,
      'row,prediction,p_1.5,p_b,margin,reasons\n2,1.5,0.6,0.4,0.2,0.5 up\n',
    );
    const pieces: string[] = [];
    const options = { rows, predictions, target: 'kind', given: new Map() };
    for await (const piece of tableWithPredictions(options)) pieces.push(piece);
    expect(pieces.join('').split('\n')[2]).toBe('2,5;1.5;1.5;0,6;0,4;0,2;0.5 up');
  });
});
