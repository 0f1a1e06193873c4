import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { csvText } from './csv-text.ts';
import { type CsvRow, openCsv, type ReadCsvOptions } from './read.ts';
import { recordPieces } from './record-pieces.ts';
import { recordsOf } from './records-of.ts';
import { rowsOf } from './rows-of.ts';

/** The bytes in pieces of a size that cuts characters, quotes and line ends apart. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  content: string | Uint8Array,
  options: ReadCsvOptions & { size?: number } = {},
) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const table = await openCsv(pieces(bytes, options.size ?? 7), options);
  const rows: CsvRow[] = [];
  for await (const some of table.rows()) rows.push(...some);
  return { ...table, rows, cells: rows.map(({ cells }) => cells) };
}

describe('an opened table', () => {
  it('is read once, and not once it is closed', async () => {
    const open = () => openCsv(pieces(Buffer.from('a\n1\n2\n'), 3));
    const table = await open();
    for await (const rows of table.rows()) expect(rows.length).toBeGreaterThan(0);
    expect(() => table.rows()).toThrow(/can be read once/);
    expect(() => table.pieces()).toThrow(/can be read once/);
    const closed = await open();
    await closed.close();
    expect(() => closed.rows()).toThrow(/not after it is closed/);
  });
});

describe('a table of one column', () => {
  it.each(['a\n1\n""', 'a\n1\n""\n', '"a"\r\n1\r\n""'])(
    'keeps an empty last cell: %j',
    async (text) => {
      expect((await read(text)).cells).toEqual([['1'], ['']]);
    },
  );

  it('has no row behind its last line end', async () => {
    expect((await read('"a"\n"1"\n')).cells).toEqual([['1']]);
  });
});

describe('reading and writing', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', ' ', 'a', '\t', "'", '世') }),
  );
  // A formula is changed on purpose, and \r is a line end.
  const cell = text.filter((value) => !/^[=+\-@\t]|\r|\ufffd/.test(value));

  it('give back any cells, whatever the size of the pieces', async () => {
    const tables = fc.integer({ min: 2, max: 4 }).chain((columns) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
        minLength: 1,
        maxLength: 6,
      }),
    );
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
        fc.pre(rows.every((row) => row.some((one) => one !== '')));
        const columns = (rows[0] ?? []).map((_, i) => `c${i}`);
        const { cells } = await read(csvText([columns, ...rows]), {
          size,
          delimiter: ',',
          quote: '"',
        });
        expect(cells).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  it('give back cells in a single column, empty ones as well', async () => {
    const rows = [['a'], [''], ['b\n'], ['']];
    expect((await read(csvText([['x'], ...rows]), { delimiter: ',' })).cells).toEqual(rows);
  });
});

describe('pieces of records', () => {
  it('are read again from their text as they were read to find their ends', async () => {
    const signs = fc.constantFrom('"', ',', '\n', ' ', 'a', '世');
    const texts = fc.array(fc.string({ unit: signs, maxLength: 30 }), { maxLength: 8 });
    const dialect = { delimiter: ',', quote: '"' };
    await fc.assert(
      fc.asyncProperty(texts, async (some) => {
        async function* given(): AsyncGenerator<string> {
          yield* some;
        }
        const longest = { record: 100, cell: 20 };
        const read = async () => {
          for await (const piece of recordPieces(given(), dialect, longest)) {
            if (piece.text === null || piece.records === null) continue;
            expect([...recordsOf({ text: piece.text, records: null }, dialect)]).toEqual(
              piece.records,
            );
          }
        };
        await read().catch((error) => expect(error).toMatchObject({ code: 'bad-csv' }));
      }),
      { numRuns: 500 },
    );
  });

  it('hold the rows that the table has', async () => {
    const content = 'a,b\n1,2\n\n"3",4\n5,6';
    const table = await openCsv(pieces(Buffer.from(content), 5));
    const cells: (readonly string[])[] = [];
    for await (const piece of table.pieces()) {
      for (const row of rowsOf(piece, table.shape)) cells.push(row.cells);
    }
    expect(cells).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
    expect((await read('a,b')).rows).toEqual([]);
  });
});

describe('encodings', () => {
  const text = '姓名,城市\n王伟,上海\n李娜,北京市朝阳区\n';
  const latin = 'name;city\nJosé;Düsseldorf\nZoë;Málaga\n';

  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['utf-16be', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['gb18030', iconv.encode(text, 'gb18030')],
  ])('%s', async (encoding, bytes) => {
    const table = await read(bytes, { size: 3 });
    expect(table.encoding).toBe(encoding);
    expect([table.columns, ...table.cells].map((row) => row.join()).join('\n')).toBe(text.trim());
  });

  it.each([
    ['windows-1252', iconv.encode(latin, 'latin1')],
    ['utf-16le', iconv.encode(latin, 'utf-16le')],
    ['utf-16be', iconv.encode(latin, 'utf-16be')],
  ])('%s without a mark', async (encoding, bytes) => {
    const table = await read(bytes, { size: 5 });
    expect([table.encoding, table.columns, table.cells[1]]).toEqual([
      encoding,
      ['name', 'city'],
      ['Zoë', 'Málaga'],
    ]);
  });

  it('is not taken for Chinese where two umlauts stand in a word', async () => {
    const { encoding, columns } = await read(iconv.encode('Größe,Fuß\n1,2\n', 'latin1'));
    expect([encoding, columns]).toEqual(['windows-1252', ['Größe', 'Fuß']]);
  });

  it('tells the rows that have bytes of another encoding', async () => {
    const { rows } = await read(
      Buffer.concat([Buffer.from('a,b\n1,ü\n2,'), Buffer.of(0xff), Buffer.from('\n')]),
      {
        encoding: 'utf-8',
      },
    );
    expect(rows.map(({ problems }) => problems.length)).toEqual([0, 1]);
  });

  it('refuses what is no text', async () => {
    await expect(read(Buffer.from('PK\u0003\u0004\u0000\u0000abc\u0000'))).rejects.toThrow(
      /ZIP or Excel/,
    );
    await expect(read(Buffer.of(1, 0, 0, 0, 9, 9, 9))).rejects.toThrow(/not a text file/);
  });

  it.each([
    '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n',
    '[{"a": 1}, {"a": 2}]',
    '\ufeff [\n  {\n    "a b": 1\n  }\n]\n',
    '[["a","b"],[1,2]]',
    '[[1,2],[3,4]]',
  ])('refuses JSON: %j', async (text) => {
    await expect(read(Buffer.from(text))).rejects.toThrow(/^This is JSON, not CSV/);
  });

  it.each(['{a},b\n1,2\n', '[a],[b]\n1,2\n', '"{""a"":1}",b\n1,2\n', '[],b\n1,2\n'])(
    'reads a table that begins like it: %j',
    async (text) => expect((await read(Buffer.from(text))).columns).toHaveLength(2),
  );
});

describe('dialects', () => {
  it.each([
    [
      'a;b\n1,5;2,7\n3,5;4\n',
      ';',
      [
        ['1,5', '2,7'],
        ['3,5', '4'],
      ],
    ],
    ['a\tb\n1\t2\n', '\t', [['1', '2']]],
    ['a|b\r\n1|2\r\n', '|', [['1', '2']]],
    ['a,b\r1,2\r', ',', [['1', '2']]],
    [
      "a,b\n'1,5','x'\n'2','y'\n",
      ',',
      [
        ['1,5', 'x'],
        ['2', 'y'],
      ],
    ],
    ['a\n1\n2', ',', [['1'], ['2']]],
    [
      'a,b\n"x\r\ny",2\r\n3,4\n',
      ',',
      [
        ['x\ny', '2'],
        ['3', '4'],
      ],
    ],
  ])('%j', async (content, delimiter, cells) => {
    for (const size of [1, 2, 100]) {
      const table = await read(content, { size });
      expect([table.dialect.delimiter, table.cells]).toEqual([delimiter, cells]);
    }
  });
});

describe('awkward tables', () => {
  it('have columns named like parts of objects', async () => {
    const { columns, cells } = await read('__proto__,constructor\n1,2\n');
    expect([columns, cells]).toEqual([['__proto__', 'constructor'], [['1', '2']]]);
  });

  it('have headers twice or none', async () => {
    const { columns, warnings } = await read('a,a, ,a_2,a\n1,2,3,4,5\n');
    expect(columns).toEqual(['a', 'a_3', 'column_3', 'a_2', 'a_4']);
    expect(warnings).toHaveLength(3);
  });

  it('have rows that are too short or too long, told by row number', async () => {
    const { rows } = await read('a,b\n\n1\n2,3,4\n5,6\n');
    const cellsTold = (count: number) => ({
      en: `has ${count} cells where the header has 2`,
      zh: `有 ${count} 个单元格，而表头有 2 个`,
    });
    expect(rows).toEqual([
      { row: 1, cells: ['1', ''], problems: [cellsTold(1)] },
      { row: 2, cells: ['2', '3'], problems: [cellsTold(3)] },
      { row: 3, cells: ['5', '6'], problems: [] },
    ]);
  });

  it('have single quotes, which are signs of a cell unless several cells stand in them', async () => {
    expect((await read("a,b\n'x',1\ny,2\n")).cells).toEqual([
      ["'x'", '1'],
      ['y', '2'],
    ]);
    expect((await read("a,b\n'x',1\n'y,z',2\n")).cells).toEqual([
      ['x', '1'],
      ['y,z', '2'],
    ]);
  });

  it('have quotes in wrong places, told by row number, once whatever the pieces', async () => {
    for (const size of [1, 3, 50]) {
      const { rows } = await read('a,b\n"x",1\n"y"z",2\n"w",3\n', { size });
      expect(rows.map(({ problems }) => problems.length)).toEqual([0, 1, 0]);
      expect(rows[2]?.cells).toEqual(['w', '3']);
    }
  });

  it('have a quote that is never closed: rows before it are read, then an error names the row', async () => {
    const table = await openCsv(pieces(Buffer.from('a,b\n1,2\n3,"4\n5,6\n7,8\n'), 4));
    const seen: number[] = [];
    const readAll = async () => {
      for await (const rows of table.rows()) seen.push(...rows.map(({ row }) => row));
    };
    await expect(readAll()).rejects.toThrow(/^Row 2: a quote is opened and never closed/);
    expect(seen).toEqual([1]);
    await expect(read('a,b\n1,"2\n3,4', { longestRow: 6 })).rejects.toThrow(
      /Row 1 is longer than 6/,
    );
  });

  it('are empty', async () => {
    await expect(read('')).rejects.toThrow(/not even a header/);
    await expect(read('\n\n')).rejects.toThrow(/not even a header/);
    expect((await read('\n\na,b\n')).rows).toEqual([]);
  });

  it('have lines of delimiters alone, and cells behind the header that are empty', async () => {
    const { rows, cells } = await read('a,b\n,\n1,2,\n,,\n3,,,\n,,x\n');
    expect(cells).toEqual([
      ['1', '2'],
      ['3', ''],
      ['', ''],
    ]);
    expect(rows.map(({ row, problems }) => [row, problems.length])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
    ]);
  });

  it.each([
    ['Report\n\na,b\n1,2\n', 3, ['a', 'b']],
    ['Report,,\nof May,,\na,b,c\n1,2,3\n', 3, ['a', 'b', 'c']],
    ['note\nx, y\n', 1, ['note']],
    ['note\n1,2\n3,4\n', 1, ['note']],
    ['a\nb\nc\n', 1, ['a']],
  ])('have a title above the header, or none: %j', async (text, line, columns) => {
    const table = await read(text, { delimiter: ',' });
    expect([table.headerLine, table.columns]).toEqual([line, columns]);
    expect(table.warnings).toHaveLength(line > 1 ? 1 : 0);
  });

  it('have a huge cell, in time that grows with its length only', async () => {
    const huge = 'x,"" y\n'.repeat(300_000);
    const content = `a,b\n1,"${huge}"\n2,z\n`;
    const { cells } = await read(content, { size: 65_536, longestCell: 2_000_000 });
    expect(cells[0]?.[1]).toHaveLength(6 * 300_000);
    expect(cells[1]).toEqual(['2', 'z']);
    const bounded = await read(content, { size: 65_536 });
    expect(bounded.cells).toEqual([
      ['1', ''],
      ['2', 'z'],
    ]);
    expect(bounded.rows.map(({ problems }) => problems.map(({ en }) => en))).toEqual([
      ['has a cell of more than 1048576 characters, which is taken as empty'],
      [],
    ]);
  });

  it('have cells that are too long: they are empty, and all else is as it was', async () => {
    const signs = fc.constantFrom('"', ',', '\n', ' ', 'a', '世');
    const tables = fc.array(
      fc.array(fc.string({ unit: signs, maxLength: 12 }), { minLength: 2, maxLength: 2 }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        fc.pre(rows.every((row) => row.some((one) => one !== '')));
        const content = csvText([['a', 'b'], ...rows]);
        const { cells } = await read(content, { size, longestCell: 5, delimiter: ',' });
        expect(cells).toEqual(rows.map((row) => row.map((cell) => (cell.length > 5 ? '' : cell))));
      }),
    );
  });

  it('have bad quotes in a long record, and a long quote that is never closed', async () => {
    const long = 'y'.repeat(30);
    const { rows } = await read(`a,b\n1,"x"${long}"z"  \n2,${long}\n`, {
      longestCell: 8,
      quote: '"',
    });
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['1', ''],
      ['2', ''],
    ]);
    expect(rows[0]?.problems.map(({ en }) => en)).toEqual([
      expect.stringContaining('more than 8'),
      expect.stringContaining('a quote stands inside'),
    ]);
    await expect(read(`a,b\n1,"${long}`, { longestCell: 8 })).rejects.toThrow(
      /Row 1: a quote is opened and never closed/,
    );
    await expect(read(`a,b\n1,"${long}`, { longestCell: 8, longestRow: 20 })).rejects.toThrow(
      /Row 1 is longer than 20/,
    );
  });
});

describe('streams', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-csv-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are read only as far as rows are taken', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b\n');
      for (;;) {
        given++;
        yield Buffer.from('1,2\n'.repeat(1000));
      }
    }
    const table = await openCsv(endless());
    const before = given;
    for await (const rows of table.rows()) {
      expect(rows.length).toBeGreaterThan(0);
      break;
    }
    expect(given - before).toBeLessThan(3);
  });

  it('come from files, and say when there is none', async () => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'a,b\n1,2\n');
    expect((await openCsv(path)).columns).toEqual(['a', 'b']);
    await expect(openCsv(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are closed when nobody wants their rows', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('a,b\n');
      } finally {
        closed = true;
      }
    }
    await (await openCsv(source())).close();
    expect(closed).toBe(true);
  });

  it('stop when told', async () => {
    const signal = AbortSignal.abort();
    await expect(openCsv(pieces(Buffer.from('a,b\n'), 2), { signal })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});

it('closes a file that is no text', async () => {
  let closed = false;
  async function* source() {
    try {
      yield Buffer.alloc(100_000);
      yield Buffer.alloc(1);
    } finally {
      closed = true;
    }
  }
  await expect(openCsv(source())).rejects.toMatchObject({ code: 'bad-csv' });
  expect(closed).toBe(true);
});
