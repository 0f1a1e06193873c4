import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmounts } from './amounts.ts';
import { readNumeral } from './numerals.ts';
import { readStated } from './stated-numbers.ts';

const amountsOf = (text: string) =>
  readAmounts(text).flatMap(({ kind, text: written, value }) =>
    kind === 'amount' ? [[written, value] as const] : [],
  );
const valuesOf = (text: string) => amountsOf(text).map(([, value]) => value);

describe('an amount in English', () => {
  it.each([
    ['one hundred twenty million', 120e6],
    ['one hundred and twenty million', 120e6],
    ['two hundred fifty thousand', 250e3],
    ['one hundred and five million', 105e6],
    ['one hundred five million', 105e6],
    ['a hundred million', 100e6],
    ['a million', 1e6],
    ['twenty-five billion', 25e9],
    ['twenty five billion', 25e9],
    ['nineteen thousand', 19e3],
    ['twelve hundred thousand', 1.2e6],
    ['three million five hundred thousand', 3.5e6],
    ['one million, two hundred thousand', 1.2e6],
    ['one million and five hundred thousand', 1.5e6],
    ['two thousand five hundred', 2500],
    ['two thousand twenty-four', 2024],
    ['two thousand and one', 2001],
    ['one hundred and one thousand one hundred and one', 101_101],
    ['two billion three hundred million four thousand and five', 2_300_004_005],
    ['two hundred thousand million', 2e11],
    ['one trillion', 1e12],
    ['half a million', 5e5],
    ['half a billion', 5e8],
    ['two and a half million', 2.5e6],
    ['one point two five billion', 1.25e9],
    ['2 hundred million', 2e8],
    ['3 billion 500 million', 3.5e9],
    ['1,250 thousand', 1.25e6],
    ['3.3 million', 3.3e6],
    ['5 millions', 5e6],
    ['40bn', 40e9],
    ['1.5 mn', 1.5e6],
    ['300k', 300e3],
    ['Two Hundred Million', 2e8],
  ])('%s', (text, value) => {
    expect(amountsOf(`more than ${text} yuan`)).toEqual([[text, value]]);
    expect(amountsOf(text)).toEqual([[text, value]]);
  });

  it.each([
    ['one million or two million', [1e6, 2e6]],
    ['between 1 million and 2 million', [1e6, 2e6]],
    ['between one million and two million', [1e6, 2e6]],
    ['between 3 million and 500 thousand', [3e6, 500e3]],
    ['between one hundred and five hundred million', [500e6]],
    ['one hundred thousand, two hundred thousand', [100e3, 200e3]],
    ['two hundred thousand to one million', [200e3, 1e6]],
    ['3 billion 2024', [3e9]],
    ['over 5 million, 3 funds', [5e6]],
    ['1.5 million two hundred', [1.5e6]],
    ['five million two years ago', [5e6]],
    ['over two million and five percent', [2e6]],
    ['two million, one of which', [2e6]],
    ['one million a year', [1e6]],
    ['three funds', []],
    ['top five', []],
    ['one hundred and twenty days', []],
    ['on 1 March 2024 or 2024-12-31', []],
    ['millions of shares', []],
    ['several hundred million', []],
    ['a few thousand', []],
    ['a K line', []],
    ['the tenth million', []],
    ['5 kids', []],
  ])('what is not one number: %s', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });
});

describe('an amount in Chinese', () => {
  it.each([
    ['三亿五千万', 350e6],
    ['1亿2000万', 120e6],
    ['3亿5000万', 350e6],
    ['3 亿 5000 万', 350e6],
    ['一亿零五百万', 105e6],
    ['1亿零500万', 105e6],
    ['1亿2千5百万', 125e6],
    ['一亿二千三百四十五万六千七百八十九', 123_456_789],
    ['两亿五', 250e6],
    ['一万五千', 15e3],
    ['一万零五', 10_005],
    ['一万零五百', 10_500],
    ['两万五', 25e3],
    ['3万5千', 35e3],
    ['3万5000', 35e3],
    ['1万2000', 12e3],
    ['十万', 100e3],
    ['十五万', 150e3],
    ['一百一十五万', 1.15e6],
    ['一百零五万', 1.05e6],
    ['一百五十万', 1.5e6],
    ['两千万', 20e6],
    ['2千5百万', 25e6],
    ['5百万', 5e6],
    ['百万', 1e6],
    ['百亿', 1e10],
    ['千亿', 1e11],
    ['1.2万亿', 1.2e12],
    ['一万五千亿', 1.5e12],
    ['1.5亿', 150e6],
    ['一点五亿', 150e6],
    ['十二点五亿', 1.25e9],
    ['零点八亿', 80e6],
    ['一百二十点零五万', 1.2005e6],
    ['三点五千万', 35e6],
    ['1点5亿', 150e6],
    ['3.5千万', 35e6],
    ['5千', 5e3],
    ['5百', 500],
    ['3千5百', 3500],
    ['1,200万', 12e6],
    ['二〇万', 200e3],
  ])('%s', (text, value) => {
    for (const frame of [`规模超过${text}元的基金`, `高于${text}以上`, text]) {
      expect(amountsOf(frame)).toEqual([[text, value]]);
    }
  });

  it.each([
    ['规模过亿的基金', [1e8]],
    ['规模在亿元以上', [1e8]],
    ['3亿到5亿', [3e8, 5e8]],
    ['1亿、5000万', [1e8, 5e7]],
    ['1000万2000万', [1e7, 2e7]],
    ['1.5亿2000万', [1.5e8, 2e7]],
    ['超过3亿2024年', [3e8]],
    ['超过3万2024年', [3e4]],
    ['超过两亿五月份', [2e8]],
    ['超过两亿三季度', [2e8]],
    ['超过两亿一共有几只', [2e8]],
    ['超过两亿一些', [2e8]],
    ['超过两亿十大股东', [2e8]],
    ['超过十亿五粮液', [1e9]],
    ['超过两亿三一重工', [2e8]],
    ['超过两亿百度', [2e8]],
    ['两万五%', [2e4]],
    ['超过两万一千里', [21e3]],
    ['五六亿', []],
    ['几亿', []],
    ['几百万', []],
    ['几十亿以上', []],
    ['一共多少亿元', []],
    ['万科的股东', []],
    ['万家基金和亿利洁能', []],
    ['百度', []],
    ['十大股东', []],
    ['前十大重仓股', []],
    ['第三', []],
    ['一些', []],
    ['千里', []],
    ['三千二', []],
    ['2024年12月31日', []],
    ['百分之五', []],
    ['万分之五', []],
  ])('what is not one number: %s', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });
});

describe('readNumeral', () => {
  it.each([
    ['一百五', 150],
    ['三点五', 3.5],
    ['十二点零五', 12.05],
    ['一百零五', 105],
    ['三千二', 3200],
    ['一千零五', 1005],
    ['一百十五', 115],
    ['十五', 15],
    ['五十', 50],
    ['两千', 2000],
    ['二〇二四', 2024],
    ['一九九八', 1998],
    ['三亿五千万', 350e6],
    ['one hundred and twenty', 120],
    ['two thousand and one', 2001],
    ['1,250.5', 1250.5],
    ['三四', undefined],
    ['千百', undefined],
    ['one two', undefined],
    ['fund', undefined],
  ])('%s', (text, value) => expect(readNumeral(text)).toBe(value));

  const whole = fc.oneof(
    fc.integer({ min: 0, max: 9999 }),
    fc.integer({ min: 0, max: 99_999_999 }),
    fc.integer({ min: 0, max: 9_999_999_999_999 }),
  );

  it('reads what is written in English, with `and` and without', () => {
    fc.assert(
      fc.property(whole, fc.boolean(), (number, and) => {
        const words = inEnglish(number, and);
        expect(readNumeral(words)).toBe(number);
        const expected = number >= 1000 ? [number] : [];
        expect(valuesOf(`more than ${words} yuan`)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('reads what is written in Chinese, with and without digits', () => {
    fc.assert(
      fc.property(whole, (number) => {
        const words = inChinese(number);
        expect(readNumeral(words)).toBe(number);
        expect(valuesOf(`超过${words}元的`)).toEqual(number >= 10_000 ? [number] : []);
        const { amounts, others } = readStated(`超过${words}元的`);
        expect([...amounts, ...others]).toEqual([number]);
        if (number % 10_000 === 0)
          expect(valuesOf(mixed(number))).toEqual(number > 0 ? [number] : []);
      }),
      { numRuns: 500 },
    );
  });
});

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function inEnglish(number: number, and: boolean): string {
  for (const [scale, word] of [
    [1e12, 'trillion'],
    [1e9, 'billion'],
    [1e6, 'million'],
    [1e3, 'thousand'],
    [1e2, 'hundred'],
  ] as const) {
    if (number < scale) continue;
    const rest = number % scale;
    const head = `${inEnglish(Math.floor(number / scale), and)} ${word}`;
    if (rest === 0) return head;
    return `${head}${and && rest < 100 ? ' and ' : ' '}${inEnglish(rest, and)}`;
  }
  if (number < 20) return ONES[number] ?? '';
  const tens = TENS[Math.floor(number / 10) - 2] ?? '';
  return number % 10 === 0 ? tens : `${tens}-${ONES[number % 10]}`;
}

function inChinese(number: number): string {
  for (const [unit, sign] of [
    [1e8, '亿'],
    [1e4, '万'],
    [1e3, '千'],
    [1e2, '百'],
    [10, '十'],
  ] as const) {
    if (number < unit) continue;
    const rest = number % unit;
    const head = `${inChinese(Math.floor(number / unit))}${sign}`;
    if (rest === 0) return head;
    return `${head}${rest < unit / 10 ? '零' : ''}${inChinese(rest)}`;
  }
  return [...'零一二三四五六七八九'][number] ?? '';
}

/** 1亿2000万. */
function mixed(number: number): string {
  const [large, small] = [Math.floor(number / 1e8), (number % 1e8) / 1e4];
  return `${large > 0 ? `${large}亿` : ''}${small > 0 ? `${small}万` : ''}`;
}
