import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonDateFormat, detectDateFormat, readDate } from './date-format.ts';
import { inferSchema } from './infer.ts';
import { detectNumberFormat, numberOf, readNumber } from './number-format.ts';
import { type ColumnKind, tableSchema } from './table-schema.ts';

const PLAIN = { decimal: '.', group: '', prefix: '', suffix: '' } as const;

describe('numbers', () => {
  it('come back as what was written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 6 }),
        (units, decimals) => {
          const text = (units / 10 ** decimals).toFixed(decimals);
          expect(readNumber(text, PLAIN)).toBe(Number(text));
        },
      ),
    );
  });

  it('have no leading zeros, no sign but minus, no more digits than a number keeps', () => {
    for (const text of ['007', '+49', '12345678901234567890', '0x1f', '1.', ' 1', '1e999', '']) {
      expect(readNumber(text, PLAIN), text).toBeNull();
    }
    for (const text of ['0', '-0.5', '.25', '1e-7', '123456789012345']) {
      expect(readNumber(text, PLAIN), text).toBe(Number(text));
    }
  });

  it.each([
    [['1,234.5', '12.0', '-7'], 1234.5],
    [['1.234,5', '12,0'], 1234.5],
    [['1.200', '850', '-990', '75'], 1200],
    [['1.200 €', '850 €', '(990 €)', '0 €'], 1200],
    [['1.200-', '850', '990', '75'], -1200],
    [['354.500 €', '98.200 €', '9.100 €'], 354_500],
    [['1.899 €', '2.049 €', '1.759 €'], 1.899],
    [['354.500', '98.200', '9.100'], 354.5],
    [['1.200', '850', '990', '75', '0.125'], 1.2],
    [['1.200', '850', '990', '75', '3.5'], 1.2],
    [['1.200', '850', '990', '75', '1000'], 1.2],
    [['99.875', '98.123', '100'], 99.875],
    [['1.234', '2', '7', '15'], 1.234],
    [['3,5', '12'], 3.5],
    [['$-1,000', '$2'], -1000],
    [['-$-1,000', '$2'], null],
    [['($1,200.00)', '$3.50'], -1200],
    [['EUR -1,200.00', 'EUR 3.50'], -1200],
    [['EUR \u22121,200.00', 'EUR 3.50'], -1200],
    [['\u22123600.17', '12.5', '-3'], -3600.17],
    [['(300)', '5'], -300],
    [['(1.234,5 €)', '2 €'], -1234.5],
    [['(-300)', '5'], null],
    [['(300', '5'], null],
    [['(300)', '(415)'], null],
    [['(1.5万)', '2万'], -15000],
    [['1,234.56-', '5.00'], -1234.56],
    [['1.234,56\u2212', '5,00'], -1234.56],
    [['5.00-', '3.10-'], -5],
    [['$5.00-', '$3'], -5],
    [['5.00 EUR-', '3 EUR'], -5],
    [['-5-', '3'], null],
    [['(5)-', '3'], null],
    [['-', '3'], null],
    [['1998-', '2004-'], null],
    [['007-', '3'], null],
    [['$1,000', '-$2'], 1000],
    [['12 %', '3 %'], 12],
    [['12 €', '3,50 €'], 12],
    [['1 234', '12'], 1234],
    [['1,23,456', '5'], 123_456],
    [['12,34,56,789.50', '1,234.00'], 123_456_789.5],
    [['1,23,45', '5'], null],
    [['1\u00a0660,21', '1\u202f660,00', '1 234,50'], 1660.21],
    [["1'234.50", '1\u2019000.00'], 1234.5],
    [['１２３．５', '12.5'], 123.5],
    [['١٬٢٣٤٫٥', '١٢'], 1234.5],
    [['="1234.50"', '="7"'], 1234.5],
    [["'1234.50", "'7"], 1234.5],
    [['="007"', '="7"'], null],
    [['5 %', '3%'], 5],
    [['€ 1,234.50', '3.00 €'], 1234.5],
    [['3.00 €', '€1,234.50'], 3],
    [['3.00 €', '$1,234.50'], null],
    [["1'234", '5'], 1234],
    [['12', 'x'], null],
    [['1.05万', '8000', '3亿'], 10500],
    [['-1.1万元', '12.5元'], -11000],
    [['3亿', '2'], 300_000_000],
    [['007万', '2万'], null],
    [['12,3\u00a0%', '3\u00a0%'], 12.3],
    [['1.660,21\u00a0€', '5,00\u00a0€'], 1660.21],
    [['1\u2009660,21', '5,0'], 1660.21],
    [['1\u202f660.21', '5.0'], 1660.21],
    [['€ 1.234,50', '€ -3,00'], 1234.5],
    [['€ -1.234,50', '€ 3,00'], -1234.5],
    [['-€ 1.234,50', '€ 3,00'], -1234.5],
    [['CHF 1\u2019234.50', 'CHF 3.00'], 1234.5],
    [['$(1,234.50)', '$3.00'], -1234.5],
    [['$ (1,234.50)', '$ 3.00'], -1234.5],
    [['$(-5)', '$3'], null],
    [['$-', '$3.00'], 0],
    [['-   €', '3,00 €'], 0],
    [['+1.2', '-0.3', '+3'], 1.2],
    [['+1.2', '+0.3'], 1.2],
    [['+1,660.21', '5.00'], 1660.21],
    [['+3', '-2', '0'], 3],
    [['+3.5%', '-2.0%'], 3.5],
    [['+$3', '-$2'], 3],
    [['+-3', '-2'], null],
    [['+49', '+1'], null],
    [['+49.170.123', '+49.171.456'], null],
    [['1,234.50 CR', '7.00 DR'], 1234.5],
    [['1,234.50Dr', '7.00Cr', '0.00'], -1234.5],
    [['-1.00 DR', '7.00 CR'], null],
    [['1,234.50 CR', '7.00 CR'], null],
  ])('%j', (cells, first) => {
    const format = detectNumberFormat(cells);
    expect(format && readNumber(cells[0] as string, format)).toBe(first);
  });
});

describe('numbers without the signs of their column', () => {
  it.each([
    [['$79.33', '$1,000.00'], '79.33', 79.33],
    [['$79.33', '$1,000.00'], '1,234.5', 1234.5],
    [['$79.33', '$1,000.00'], ' -3 ', -3],
    [['$79.33', '$1,000.00'], '79,33', null],
    [['1.234,5 €', '2,0 €'], '3,5', 3.5],
    [['1.234,5 €', '2,0 €'], '79.33', 79.33],
    [['1.234,5 €', '2,0 €'], '1.234', null],
    [['3,5', '12'], '1.234', null],
    [['3,5', '12'], '0.125', 0.125],
    [['12 %', '3 %'], '0.12', null],
    [['1', '2'], ' 7', 7],
    [['1', '2'], 'abc', null],
  ])('of %j: %s', (cells, cell, value) => {
    const format = detectNumberFormat(cells);
    expect(format && numberOf(cell, format)).toBe(value);
  });
});

describe('dates', () => {
  it.each([
    ['2024-02-29', 'YYYY-MM-DD'],
    ['2024-02-29T23:59:07.5Z', 'YYYY-MM-DD'],
    ['31.12.1999', 'DD.MM.YYYY'],
    ['13/02/2020', 'DD/MM/YYYY'],
    ['02/13/2020', 'MM/DD/YYYY'],
    ['2020年2月3日', 'YYYY年M月D日'],
    ['02/03/2020', null],
    ['2023-02-29', null],
    ['2023-02-28 25:00', null],
    ['1/15/2024 1:30 PM', 'MM/DD/YYYY'],
    ['1/15/2024 13:30 PM', null],
    ['1/15/2024 0:30 AM', null],
    ['1/15/2024 9:30', 'MM/DD/YYYY'],
    ['15 Jan 2024', 'D MMM YYYY'],
    ['15-january-2024 14:30', 'D MMM YYYY'],
    ['1 Sept. 2024', 'D MMM YYYY'],
    ['31 Feb 2024', null],
    ['15 Janv 2024', null],
    ['15-Jan-24', 'D MMM YY'],
    ['January 15, 2024', 'MMM D, YYYY'],
    ['May 5 2024 2:30 PM', 'MMM D, YYYY'],
    ['14:30', 'HH:MM'],
    ['9:05:07', 'HH:MM'],
    ['24:10', null],
    ['2:30 PM', 'HH:MM AM'],
    ['14:30 PM', null],
    ['16:9', null],
    ['2025/4/14', 'YYYY/MM/DD'],
    ['2025/4/4 9:05', 'YYYY/MM/DD'],
    ['2025-4-14', 'YYYY-MM-DD'],
    ['2025.04.14', 'YYYY.MM.DD'],
    ['5.1.2024', 'DD.MM.YYYY'],
    ['5.1.2024, 9:05', 'DD.MM.YYYY'],
    ['14.04.25', 'DD.MM.YY'],
    ['04.14.25', null],
    ['14-04-2025', 'DD-MM-YYYY'],
    ['04-14-2025', 'MM-DD-YYYY'],
    ['04-05-2025', null],
    ['04/14/25', 'MM/DD/YY'],
    ['14/04/25', null],
    ['14/04/98', 'DD/MM/YY'],
    ['98/4/14', 'YY/MM/DD'],
    ['14. April 2025', 'D MMM YYYY'],
    ['14. März 2025', 'D MMM YYYY'],
    ['1. Okt. 2025', 'D MMM YYYY'],
    ['1. Mrz 2025', 'D MMM YYYY'],
    ['Mon, 14 Apr 2025', 'D MMM YYYY'],
    ['Mon, 14 Apr 2025 10:00:00 GMT', 'D MMM YYYY'],
    ['Montag, 14. April 2025', 'D MMM YYYY'],
    ['Monday, April 14, 2025', 'MMM D, YYYY'],
    ['Tue, 14 Apr 2025', null],
    ['01.02.2024 10:00 Uhr', 'DD.MM.YYYY'],
    ['10:00 Uhr', 'HH:MM'],
    ['2024年2月3日 9:05', 'YYYY年M月D日'],
    ['2025-4-31', null],
    ['2025-4-145', null],
    [' 2025-04-14 ', 'YYYY-MM-DD'],
  ])('%s', (cell, format) => {
    expect(detectDateFormat([cell])).toBe(format);
  });

  it('with names of any month are the day that they say', () => {
    for (const language of ['en-GB', 'de-DE']) {
      for (const month of ['long', 'short'] as const) {
        const words = new Intl.DateTimeFormat(language, {
          ...{ weekday: month, day: 'numeric', month, year: 'numeric', timeZone: 'UTC' },
        });
        for (let time = Date.UTC(2024, 0, 3); time < Date.UTC(2025, 0, 3); time += 86_400_000) {
          const cell = words.format(time);
          expect(readDate(cell, 'D MMM YYYY'), cell).toBe(time);
        }
      }
    }
  });

  it('have the day first between points, also where the year has two digits', () => {
    expect(readDate('04.05.24 10:00 Uhr', 'DD.MM.YY')).toBe(Date.UTC(2024, 4, 4, 10));
    expect(detectDateFormat(['04/05/24', '04/18/24'])).toBe('MM/DD/YY');
    expect(detectDateFormat(['04.05.45', '04.06.80'])).toBeNull();
  });

  it('with years of two digits lie within half a century', () => {
    expect(detectDateFormat(['1-Mar-98', '31-Dec-05'])).toBe('D MMM YY');
    expect(readDate('1-Mar-98', 'D MMM YY')).toBe(Date.UTC(1998, 2, 1));
    expect(readDate('31-Dec-05', 'D MMM YY')).toBe(Date.UTC(2005, 11, 31));
    expect(detectDateFormat(['1-Mar-45', '31-Dec-80'])).toBeNull();
    const births = Array.from({ length: 60 }, (_, i) => `1-Mar-${10 + i}`);
    expect(commonDateFormat(births)).toBeNull();
    expect(commonDateFormat([...births.slice(0, 49), 'soon'])).toBe('D MMM YY');
  });

  it('are of one writing, times of day as well', () => {
    expect(detectDateFormat(['15 Jan 2024', 'Jan 15, 2024'])).toBeNull();
    expect(detectDateFormat(['2:30', '2:30 PM'])).toBeNull();
    expect(detectDateFormat(['15-Jan-24', '15-Jan-2024'])).toBeNull();
    expect(detectDateFormat(['May 15, 2024', 'January 15, 2024'])).toBe('MMM D, YYYY');
  });

  it('count in milliseconds, time of day included', () => {
    expect(readDate('1970-01-02 01:00', 'YYYY-MM-DD')).toBe(25 * 3600 * 1000);
    expect(readDate('0001-01-01', 'YYYY-MM-DD')).toBe(Date.parse('0001-01-01'));
    const noon = Date.UTC(2024, 0, 15, 12);
    expect(readDate('1/15/2024 12:00 pm', 'MM/DD/YYYY')).toBe(noon);
    expect(readDate('1/15/2024 12:00:01 AM', 'MM/DD/YYYY')).toBe(noon - 12 * 3600_000 + 1000);
    expect(readDate('15 Jan 2024 12:00', 'D MMM YYYY')).toBe(noon);
    expect(readDate('JANUARY 15, 2024', 'MMM D, YYYY')).toBe(noon - 12 * 3600_000);
    expect(readDate('14:30', 'HH:MM')).toBe(14.5 * 3600_000);
    expect(readDate('2:30 pm', 'HH:MM AM')).toBe(14.5 * 3600_000);
    expect(readDate('1/15/2024 1:30PM', 'MM/DD/YYYY')).toBe(noon + 1.5 * 3600_000);
  });
});

describe('inferSchema', () => {
  const rows = Array.from({ length: 120 }, (_, i) => [
    String(i + 1),
    `0${i % 7}`,
    i % 5 === 0 ? 'NA' : String(i % 3),
    `free text number ${i}, never the same`,
    `${(i * 7919) % 1000}`,
    i % 2 ? 'TRUE' : 'FALSE',
    'always',
    '',
    `2020-01-${String((i % 28) + 1).padStart(2, '0')}`,
    `u-${i}`,
    String((i * 37) % 120),
  ]);
  const columns = 'count,code,level,note,amount,flag,same,empty,day,user,number'.split(',');
  const schema = inferSchema(columns, rows);

  it('tells kinds and roles', () => {
    expect(schema.columns.map(({ name, kind, role }) => `${name} ${kind} ${role}`)).toEqual([
      'count numeric identifier',
      'code category feature',
      'level numeric feature',
      'note text feature',
      'amount numeric feature',
      'flag boolean feature',
      'same category constant',
      'empty category constant',
      'day date feature',
      'user text identifier',
      'number numeric feature',
    ]);
    expect(schema.columns[2]).toMatchObject({ missing: 24, min: 0, max: 2, decimals: 0 });
  });

  it('is data: it survives JSON', () => {
    expect(tableSchema.parse(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
  });

  it('takes kinds that are known better, and refuses those that cannot be', () => {
    const kinds = new Map([['level', 'category'] as const]);
    expect(inferSchema(columns, rows, { kinds }).columns[2]).toMatchObject({
      kind: 'category',
      values: ['1', '2', '0'],
    });
    const wrong = new Map([['note', 'numeric'] as const, ['nope', 'text'] as const]);
    expect(() => inferSchema(columns, rows, { kinds: wrong })).toThrow(
      /note is not numeric.*nope is not a column/s,
    );
  });

  const kindOf = (cells: readonly string[]): ColumnKind | undefined =>
    inferSchema(
      ['column'],
      cells.map((cell) => [cell]),
    ).columns[0]?.kind;
  const some = (count: number, cell: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => cell(i));

  it('takes a kind that nearly all cells are of', () => {
    const money = some(294, (i) => `$${1 + i * 7}.50`);
    const euros = some(6, (i) => `1.23${i},56 EUR`);
    const { columns: found } = inferSchema(
      ['money'],
      [...euros, ...money].map((cell) => [cell]),
    );
    expect(found[0]).toMatchObject({
      kind: 'numeric',
      role: 'feature',
      format: { decimal: '.', group: '', prefix: '$', suffix: '' },
      decimals: 2,
      min: 1.5,
      max: 2052.5,
    });
    expect(kindOf([...euros, '1.236,00 EUR', ...money])).toBe('text');
    expect(kindOf(['12 mths', ...some(60, (i) => String(i % 40))])).toBe('numeric');
    expect(kindOf(['12 mths', ...some(48, (i) => String(i % 40))])).toBe('text');
    expect(kindOf(['soon', ...some(60, (i) => `2024-01-${10 + (i % 20)}`)])).toBe('date');
    expect(kindOf(['$1,234.50', 'free', ...some(100, (i) => `$${i + 1}.00`)])).toBe('numeric');
  });

  it('reads what a spreadsheet pads, as accounts are written', () => {
    const cells = [' $1,234.50 ', ' $(99.25)', ' $-   ', ...some(20, (i) => ` $${i}.00 `)];
    expect(
      inferSchema(
        ['a'],
        [...cells, ''].map((cell) => [cell]),
      ).columns[0],
    ).toMatchObject({
      kind: 'numeric',
      decimals: 2,
      min: -99.25,
      max: 1234.5,
    });
    expect(kindOf(some(40, (i) => ` ${i * 3}`))).toBe('numeric');
  });

  it('reads thousands with points among numbers below a thousand', () => {
    const cells = some(120, (i) => (500 + i * 10).toLocaleString('de-DE'));
    const rows = cells.map((cell) => [cell]);
    const expected = { kind: 'numeric', decimals: 0, min: 500, max: 1690 };
    expect(inferSchema(['rent'], rows).columns[0]).toMatchObject(expected);
    const slip = [...rows, ['on request']];
    expect(inferSchema(['rent'], slip).columns[0]).toMatchObject(expected);
  });

  it('takes numbers as the first rows write them', () => {
    const cells = [...some(40, (i) => `$${i}.00`), ...some(30, (i) => `${i}.50`), 'free'];
    const rows = cells.map((cell) => [cell]);
    expect(inferSchema(['money'], rows).columns[0]?.kind).toBe('text');
    expect(inferSchema(['money'], rows, { deciding: 40 }).columns[0]).toMatchObject({
      kind: 'numeric',
      max: 39,
    });
  });

  it('takes no codes for numbers, and no words of a category for slips', () => {
    expect(kindOf(['01234', ...some(200, (i) => String(10_000 + i * 17))])).not.toBe('numeric');
    expect(kindOf(['never', ...some(200, (i) => String(i % 2))])).toBe('category');
    expect(kindOf(some(200, (i) => (i % 20 === 0 ? 'unknown' : String(i % 5))))).toBe('category');
  });

  it('knows a column named __proto__', () => {
    expect(
      inferSchema(
        ['__proto__', 'b'],
        [
          ['1', 'x'],
          ['2', 'y'],
        ],
      ).columns[0],
    ).toMatchObject({
      name: '__proto__',
      kind: 'numeric',
    });
  });
});

describe('a column of one value and blanks', () => {
  const of = (cells: readonly string[]) =>
    inferSchema(
      ['mark'],
      cells.map((cell) => [cell]),
    ).columns[0];

  it('is a yes or no, but for a few rows of either', () => {
    const marks = (every: number, mark: string) =>
      Array.from({ length: 200 }, (_, i) => (i % every === 0 ? mark : ''));
    for (const mark of ['x', '1', '2024-01-01']) {
      expect(of(marks(4, mark))).toMatchObject({
        role: 'feature',
        kind: 'category',
        values: [mark],
      });
    }
    expect(of(marks(100, 'x'))).toMatchObject({ role: 'constant' });
    expect(of(marks(1, 'x'))).toMatchObject({ role: 'constant' });
  });
});

describe('months and quarters', () => {
  it.each([
    ['2024-03', 'YYYY-MM', '2024-03-01'],
    ['03/2024', 'MM/YYYY', '2024-03-01'],
    ['Mar-24', 'MMM YY', '2024-03-01'],
    ['March 2024', 'MMM YYYY', '2024-03-01'],
    ['2024年3月', 'YYYY年M月', '2024-03-01'],
    ['2024Q3', 'YYYY Qn', '2024-07-01'],
    ['Q3 2024', 'Qn YYYY', '2024-07-01'],
    ['2024年第三季度', 'YYYY年n季度', '2024-07-01'],
    ['FY2024 Q3', 'YYYY Qn', '2024-07-01'],
    ['2024年四季度', 'YYYY年n季度', '2024-10-01'],
  ] as const)('%s', (cell, format, day) => {
    expect(detectDateFormat([cell])).toBe(format);
    expect(readDate(cell, format)).toBe(Date.parse(day));
  });

  it.each(['2024-13', '2024Q5', 'Q0 2024', '2024年13月', 'Mar 24', 'Marcel-24', '13/2024'])(
    '%s is none',
    (cell) => {
      expect(detectDateFormat([cell])).toBeNull();
    },
  );
});
