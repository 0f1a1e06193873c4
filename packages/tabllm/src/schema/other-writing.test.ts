/** Tables that write their columns otherwise than the one that was learned from. */
import { describe, expect, it } from 'vitest';
import { inferSchema } from './infer.ts';
import { otherWriting } from './other-writing.ts';
import { readValue } from './read-value.ts';

const COUNT = 40;
const places = Array.from({ length: COUNT }, (_, i) => i);
const table = (...columns: readonly ((i: number) => string)[]) =>
  places.map((i) => columns.map((column) => column(i)));

/** The table's values as they are read, and what is said of it. */
function read(learned: readonly string[][], other: readonly string[][]) {
  const names = (learned[0] as string[]).map((_, c) => `c${c}`);
  const { schema, warnings } = otherWriting(inferSchema(names, learned), other);
  const values = other.map((row) =>
    row.map((cell, c) => readValue(cell, schema.columns[c] as (typeof schema.columns)[0])),
  );
  return { values, warnings, schema };
}

const amount = (i: number) => 1250.5 + 7311.25 * i;
const english = (i: number) => amount(i).toLocaleString('en', { minimumFractionDigits: 2 });
const german = (i: number) => amount(i).toLocaleString('de', { minimumFractionDigits: 2 });
const share = (i: number) => (30.5 + i / 10).toFixed(1);
const comma = (text: string) => text.replace('.', ',');

describe('numbers', () => {
  it.each([
    [
      'plain',
      'decimal commas',
      (i: number) => amount(i).toFixed(2),
      (i: number) => comma(amount(i).toFixed(2)),
    ],
    ['English', 'German', english, german],
    ['German', 'English', german, english],
    ['English with a sign', 'German without', (i: number) => `€ ${english(i)}`, german],
    [
      'plain',
      'German with a sign',
      (i: number) => amount(i).toFixed(2),
      (i: number) => `${german(i)} €`,
    ],
  ])('%s learned, %s given', (_, __, learned, given) => {
    const { values, warnings } = read(table(learned), table(given));
    expect(values.flat()).toEqual(places.map(amount));
    expect(warnings).toEqual([
      {
        en: expect.stringMatching(/^c0 is written otherwise here .*'.+' is read as 1250.5$/),
        zh: expect.any(String),
      },
    ]);
  });

  it('whole ones have groups, not decimals', () => {
    const whole = (i: number) => String(1200 + 4321 * i);
    for (const locale of ['de', 'en']) {
      const grouped = (i: number) => (1200 + 4321 * i).toLocaleString(locale);
      const { values, warnings } = read(table(whole), table(grouped));
      expect(values.flat()).toEqual(places.map((i) => 1200 + 4321 * i));
      expect(warnings).toHaveLength(1);
    }
    const marks = (i: number) => String(1 + (i % 5));
    const means = (i: number) => (1.125 + (i % 30) / 8).toFixed(3);
    expect(read(table(marks), table(means)).warnings).toEqual([]);
  });

  it('of three decimals are told by the other columns', () => {
    const three = (i: number) => (20 + i / 8).toFixed(3);
    const learned = table(three, share);
    const { values } = read(
      learned,
      table(
        (i) => comma(three(i)),
        (i) => comma(share(i)),
      ),
    );
    expect(values).toEqual(places.map((i) => [20 + i / 8, Number(share(i))]));
  });

  it('are left as they are where they are written as learned, or with another sign', () => {
    for (const [learned, given] of [
      [english, english],
      [english, (i: number) => amount(i).toFixed(2)],
      [(i: number) => `$${english(i)}`, (i: number) => `€${german(i)}`],
      [(i: number) => `${share(i)}%`, (i: number) => comma(share(i))],
    ] as const) {
      const { schema, warnings } = read(table(learned), table(given));
      expect([warnings, schema.columns[0]?.kind]).toEqual([[], 'numeric']);
    }
  });
});

describe('dates', () => {
  const day = (i: number) => new Date(Date.UTC(2022, 0, 5 + 23 * i));
  const parts = (i: number) => day(i).toISOString().slice(0, 10).split('-');
  const iso = (i: number) => parts(i).join('-');
  const dayFirst = (i: number) => parts(i).reverse().join('/');
  const monthFirst = (i: number) => [parts(i)[1], parts(i)[2], parts(i)[0]].join('/');
  const serial = (i: number) => String((Number(day(i)) - Date.UTC(1899, 11, 30)) / 86_400_000);

  it.each([
    [iso, dayFirst],
    [monthFirst, dayFirst],
    [dayFirst, monthFirst],
    [dayFirst, iso],
    [iso, (i: number) => parts(i).reverse().join('.')],
    [iso, (i: number) => parts(i).join('')],
    [iso, serial],
    [iso, (i: number) => (i % 2 ? dayFirst(i) : iso(i))],
  ])('in another order or format', (learned, given) => {
    const { values, warnings } = read(table(learned), table(given));
    expect(values.flat()).toEqual(places.map((i) => Number(day(i))));
    expect(warnings[0]?.en).toMatch(/is read as 2022-01-(05|28)/);
  });

  it('are not turned round where both orders fit', () => {
    const early = (i: number) => `0${1 + (i % 9)}/0${1 + (i % 7)}/2024`;
    const { values, warnings } = read(table(monthFirst), table(early));
    expect(warnings).toEqual([]);
    expect(values[9]?.[0]).toBe(Date.UTC(2024, 0, 3));
    expect(
      read(table(iso), table(early))
        .values.flat()
        .every((one) => one === null),
    ).toBe(true);
  });
});

describe('yes and no', () => {
  const word = (yes: string, no: string) => (i: number) => (i % 3 ? yes : no);

  it('in other words', () => {
    const { schema, warnings } = read(table(word('TRUE', 'FALSE')), table(word('Ja', 'nein')));
    expect(schema.columns[0]).toMatchObject({ alike: { ja: 'TRUE', nein: 'FALSE' } });
    expect(warnings[0]?.en).toContain("'nein' is read as FALSE");
    const flags = read(table(word('1', '0')), table(word('Y', 'N')));
    expect(flags.values.flat()).toEqual(places.map((i) => (i % 3 ? 1 : 0)));
  });

  it('are left alone where some say something else', () => {
    const others = table((i) => ['ja', 'nein', 'vielleicht'][i % 3] as string);
    expect(read(table(word('yes', 'no')), others).warnings).toEqual([]);
    expect(read(table(word('yes', 'no')), table(word('YES', 'no '))).warnings).toEqual([]);
  });
});
