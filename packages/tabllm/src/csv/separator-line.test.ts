import { describe, expect, it } from 'vitest';
import { openCsv, type ReadCsvOptions } from './read.ts';

/** Pieces of `size` bytes, which cut the line apart. */
async function read(content: string, size: number, options: ReadCsvOptions = {}) {
  const bytes = Buffer.from(content);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const table = await openCsv(pieces(), options);
  const rows: (readonly [number, ...string[]])[] = [];
  for await (const some of table.rows()) {
    for (const { row, cells } of some) rows.push([row, ...cells]);
  }
  return { columns: table.columns, delimiter: table.dialect.delimiter, rows };
}

describe('a first line that says what stands between cells', () => {
  const rest = ['a', 'b,c,d', '1', '2,5,0'];
  const lines = (sign: string) => `${rest[0]}${sign}${rest[1]}\r\n${rest[2]}${sign}${rest[3]}\r\n`;

  it.each([1, 4, 100])('is understood and left out, in pieces of %i bytes', async (size) => {
    for (const sign of [';', '\t', '^', ' ']) {
      const expected = { columns: ['a', 'b,c,d'], delimiter: sign, rows: [[1, '1', '2,5,0']] };
      expect(await read(`\ufeffsep=${sign}\r\n${lines(sign)}`, size)).toEqual(expected);
      expect(await read(`"SEP=${sign}"\n${lines(sign)}`, size)).toEqual(expected);
    }
  });

  it('leaves rows with quotes their numbers', async () => {
    const { rows } = await read('sep=;\na;b\n"x;\n";2\n3;4', 5);
    expect(rows).toEqual([
      [1, 'x;\n', '2'],
      [2, '3', '4'],
    ]);
  });

  it('says less than whoever reads', async () => {
    const { columns } = await read('sep=;\na;b,c\n', 100, { delimiter: ',' });
    expect(columns).toEqual(['a;b', 'c']);
  });

  it('is a header where it says more or nothing', async () => {
    expect((await read('sep=,b\n1,2\n', 100)).columns).toEqual(['sep=', 'b']);
    expect((await read('sep=\n1\n', 100)).columns).toEqual(['sep=']);
  });

  it('is no table', async () => {
    await expect(read('sep=;\r\n', 3)).rejects.toThrow('The table is empty');
    await expect(read('sep=;', 3)).rejects.toThrow('The table is empty');
  });
});
