import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityText, readQuantities } from './quantities.ts';

const TODAY = '2025-11-25';
const read = (text: string) =>
  readQuantities(text, TODAY).map((quantity) => `${quantity.text} = ${quantityText(quantity)}`);

describe('readQuantities', () => {
  it.each([
    ['more than 20 billion yuan', '20 billion = 20000000000'],
    ['规模超过2 亿的基金', '2 亿 = 200000000'],
    ['注册资金大于3.3亿', '3.3亿 = 330000000'],
    ['above 3.5 million', '3.5 million = 3500000'],
    ['1,250 thousand shares', '1,250 thousand = 1250000'],
    ['over five hundred million', 'five hundred million = 500000000'],
    ['twenty-five billion', 'twenty-five billion = 25000000000'],
    ['资产净值超过百亿', '百亿 = 10000000000'],
    ['两千万以上', '两千万 = 20000000'],
    ['市值1.2万亿', '1.2万亿 = 1200000000000'],
    ['a turnover of 40bn', '40bn = 40000000000'],
    ['规模超过2000万元的基金', '2000万 = 20000000'],
    ['余额在2000亿元以上', '2000亿 = 200000000000'],
    ['注册资本1亿2000万', '1亿2000万 = 120000000'],
    ['a size above 2000 million', '2000 million = 2000000000'],
  ])('reads the amount in %s', (text, expected) => expect(read(text)).toEqual([expected]));

  it.each([
    ['gained more than 10 percent', '10 percent = 10 %'],
    ['a rate of -2.5%', '-2.5% = -2.5 %'],
    ['上涨百分之五', '百分之五 = 5 %'],
    ['提高3个百分点', '3个百分点 = 3 %'],
    ['上涨百分之三点五', '百分之三点五 = 3.5 %'],
    ['费率千分之五', '千分之五 = 0.5 %'],
    ['佣金为5‰', '5‰ = 0.5 %'],
    ['持有三分之一的股份', '三分之一 = 33.3333333333 %'],
    ['四分之三以上', '四分之三 = 75 %'],
    ['利率上行50个基点', '50个基点 = 0.5 %'],
    ['利差超过25bp', '25bp = 0.25 %'],
    ['a spread over 150 basis points', '150 basis points = 1.5 %'],
  ])('reads the percentage in %s', (text, expected) => expect(read(text)).toEqual([expected]));

  it.each([
    ['2020人均收入', '2020 = 2020-01-01 … 2020-12-31'],
    ['2021股价最高的公司', '2021 = 2021-01-01 … 2021-12-31'],
    ['on 2024-12-31', '2024-12-31 = 2024-12-31'],
    ['on Dec 31, 2019', 'Dec 31, 2019 = 2019-12-31'],
    ['on 1st of March 2020', '1st of March 2020 = 2020-03-01'],
    ['2024年5月1日到15日的收款', '2024年5月1日到15日 = 2024-05-01 … 2024-05-15'],
    ['2024年5月1日至6月3日', '2024年5月1日至6月3日 = 2024-05-01 … 2024-06-03'],
    ['2024年5月1号-15号', '2024年5月1号-15号 = 2024-05-01 … 2024-05-15'],
    ['2010年12月31日之后', '2010年12月31日 = 2010-12-31'],
    ['in February 2024', 'February 2024 = 2024-02-01 … 2024-02-29'],
    ['2020年3月份', '2020年3月 = 2020-03-01 … 2020-03-31'],
    ['the fourth quarter of 2020', 'fourth quarter of 2020 = 2020-10-01 … 2020-12-31'],
    ['2021年第三季度的收盘价', '2021年第三季度 = 2021-07-01 … 2021-09-30'],
    ['京基智农2020年4季度', '2020年4季度 = 2020-10-01 … 2020-12-31'],
    ['Q3 2021', 'Q3 2021 = 2021-07-01 … 2021-09-30'],
    ['between 1 and 15 May 2024', '1 and 15 May 2024 = 2024-05-01 … 2024-05-15'],
    [
      'from the 28th of April to 3 May 2024',
      '28th of April to 3 May 2024 = 2024-04-28 … 2024-05-03',
    ],
    ['between May 1 and May 15, 2024', 'May 1 and May 15, 2024 = 2024-05-01 … 2024-05-15'],
    ['May 1-15, 2024', 'May 1-15, 2024 = 2024-05-01 … 2024-05-15'],
    ['more than 5 and 15 May 2024', '15 May 2024 = 2024-05-15'],
    ['first half of 2022', 'first half of 2022 = 2022-01-01 … 2022-06-30'],
    ['after 2015', '2015 = 2015-01-01 … 2015-12-31'],
    ['2023年前三季度的营业收入', '2023年前三季度 = 2023-01-01 … 2023-09-30'],
    ['2023年前6个月', '2023年前6个月 = 2023-01-01 … 2023-06-30'],
    ['the first three quarters of 2023', 'first three quarters of 2023 = 2023-01-01 … 2023-09-30'],
    ['first 2 months of 2024', 'first 2 months of 2024 = 2024-01-01 … 2024-02-29'],
    ['2023年1-6月的销量', '2023年1-6月 = 2023-01-01 … 2023-06-30'],
    ['2023年一月至三月', '2023年一月至三月 = 2023-01-01 … 2023-03-31'],
    ['2023年2至3季度', '2023年2至3季度 = 2023-04-01 … 2023-09-30'],
    ['between Jan and March 2023', 'Jan and March 2023 = 2023-01-01 … 2023-03-31'],
    ['from January to March 2023', 'January to March 2023 = 2023-01-01 … 2023-03-31'],
    ['Apr-Jun 2023', 'Apr-Jun 2023 = 2023-04-01 … 2023-06-30'],
    ['2022-2024年的利润', '2022-2024年 = 2022-01-01 … 2024-12-31'],
    ['2022年至2024年', '2022年至2024年 = 2022-01-01 … 2024-12-31'],
    ['profit of 2022-2024', '2022-2024 = 2022-01-01 … 2024-12-31'],
    ['2023H1的收入', '2023H1 = 2023-01-01 … 2023-06-30'],
    ['sales of H2 2023', 'H2 2023 = 2023-07-01 … 2023-12-31'],
    ['1H 2023', '1H 2023 = 2023-01-01 … 2023-06-30'],
    ['revenue in FY2023', 'FY2023 = 2023-01-01 … 2023-12-31'],
    ["net profit of FY'23", "FY'23 = 2023-01-01 … 2023-12-31"],
    ['Q3 FY2023', 'Q3 FY2023 = 2023-07-01 … 2023-09-30'],
    ['2023-Q3', '2023-Q3 = 2023-07-01 … 2023-09-30'],
    ['2023上半年', '2023上半年 = 2023-01-01 … 2023-06-30'],
    ['in the last month of 2023', 'last month of 2023 = 2023-12-01 … 2023-12-31'],
    ['the first month in 2024', 'first month in 2024 = 2024-01-01 … 2024-01-31'],
    ['the last day of 2023', 'last day of 2023 = 2023-12-31'],
    ['on the last day of February 2024', 'last day of February 2024 = 2024-02-29'],
    ['the last week of 2023', '2023 = 2023-01-01 … 2023-12-31'],
    ['2000年至今', '2000年 = 2000-01-01 … 2000-12-31'],
  ])('reads the date in %s', (text, expected) => expect(read(text)).toEqual([expected]));

  it.each([
    ['sales of last year', 'last year = 2024-01-01 … 2024-12-31'],
    ['去年一季度', '去年一季度 = 2024-01-01 … 2024-03-31'],
    ['the first quarter of last year', 'first quarter of last year = 2024-01-01 … 2024-03-31'],
    ['前年的利润', '前年 = 2023-01-01 … 2023-12-31'],
    ['in the last three years', 'last three years = 2022-11-26 … 2025-11-25'],
    ['最近三年的股东', '最近三年 = 2022-11-26 … 2025-11-25'],
    ['last month', 'last month = 2025-10-01 … 2025-10-31'],
    ['上个月', '上个月 = 2025-10-01 … 2025-10-31'],
    ['2 years ago', '2 years ago = 2023-01-01 … 2023-12-31'],
    ['yesterday', 'yesterday = 2025-11-24'],
    ['last week', 'last week = 2025-11-17 … 2025-11-23'],
    ['近半年的净值', '近半年 = 2025-05-26 … 2025-11-25'],
    ['over the past half year', 'past half year = 2025-05-26 … 2025-11-25'],
    ['年初至今的涨幅', '年初至今 = 2025-01-01 … 2025-11-25'],
    ['今年以来的涨幅', '今年以来 = 2025-01-01 … 2025-11-25'],
    ['year to date', 'year to date = 2025-01-01 … 2025-11-25'],
    ['the return month to date', 'month to date = 2025-11-01 … 2025-11-25'],
    ['QTD', 'QTD = 2025-10-01 … 2025-11-25'],
    ['本年的利润', '本年 = 2025-01-01 … 2025-12-31'],
    ['上年一季度的利润', '上年一季度 = 2024-01-01 … 2024-03-31'],
    ['last quarter', 'last quarter = 2025-07-01 … 2025-09-30'],
  ])('counts %s from the reference day', (text, expected) => {
    expect(read(text)).toEqual([expected]);
    expect(readQuantities(text, TODAY)[0]).toMatchObject({ relative: true });
  });

  it('keeps the order, and reads no part of a date twice', () => {
    expect(read('from 2022-12-30 to 2024-12-31 by more than 5 % or 2 million')).toEqual([
      '2022-12-30 = 2022-12-30',
      '2024-12-31 = 2024-12-31',
      '5 % = 5 %',
      '2 million = 2000000',
    ]);
  });

  it.each([
    'FY of a firm',
    'FY of 23 firms',
    '三分之几',
    '50 BP shares',
    '基本年薪',
    '5年以上年限',
    'funds 000001 and 600165',
    '30 February of nothing',
    'version 2.2019.1',
    'a 2,019 b',
  ])('finds nothing in %s', (text) => expect(read(text)).toEqual([]));

  it('refuses days that do not exist', () => {
    expect(read('2023-02-30').some((line) => line.includes('2023-02-30 = '))).toBe(false);
  });

  it('refuses a reference day that is none', () => {
    for (const today of ['yesterday', '2025-13-01', '2025-1-1']) {
      expect(() => readQuantities('last year', today)).toThrow(`got ${today}`);
    }
  });

  it('accepts any text', () => {
    const piece = fc.oneof(
      fc.constantFrom('20', '亿', '年', '去年', 'last', ' ', 'million', '三', '%', '2020', '季度'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        for (const quantity of readQuantities(text, TODAY)) {
          expect(text).toContain(quantity.text);
          expect(quantityText(quantity)).not.toMatch(/NaN|Invalid/);
        }
      }),
      { numRuns: 200 },
    );
  });
});
