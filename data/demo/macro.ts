/** Macro series, exchange rates and interest rates: simulated, not statistics of the countries named. */
import type { Database } from '@quaestor/finsql/sqlite';
import { MONTHS, QUARTERS, TRADING_DAYS } from './calendar.ts';
import { insert, type Value } from './insert.ts';
import { at, createRandom, type Random, round } from './random.ts';
import { COUNTRIES } from './reference.ts';

interface Indicator {
  readonly name: string;
  readonly nameCn: string;
  readonly category: string;
  readonly frequency: 'Monthly' | 'Quarterly';
  readonly unit: string;
  /** A rate reverts to `level`; a volume grows by `growth` a year and swings with the seasons. */
  readonly kind: 'rate' | 'volume';
  readonly level: number;
  readonly noise: number;
  readonly growth: number;
}

const rate = { kind: 'rate', growth: 0, frequency: 'Monthly' } as const;
const volume = { kind: 'volume', frequency: 'Monthly', unit: 'Billion USD' } as const;

// biome-ignore format: a table
const INDICATORS: readonly Indicator[] = [
  { ...volume, name: 'Gross Domestic Product', nameCn: '国内生产总值', category: 'Output', frequency: 'Quarterly', level: 1500, noise: 0.01, growth: 0.04 },
  { ...rate, name: 'Industrial Production Growth', nameCn: '工业增加值同比', category: 'Output', unit: 'Percent', level: 4, noise: 0.9 },
  { ...volume, name: 'Retail Sales', nameCn: '社会消费品零售总额', category: 'Output', level: 260, noise: 0.015, growth: 0.05 },
  { ...rate, name: 'Consumer Price Inflation', nameCn: '居民消费价格同比', category: 'Prices', unit: 'Percent', level: 2.4, noise: 0.25 },
  { ...rate, name: 'Producer Price Inflation', nameCn: '工业品出厂价格同比', category: 'Prices', unit: 'Percent', level: 1.8, noise: 0.6 },
  { ...rate, name: 'Unemployment Rate', nameCn: '失业率', category: 'Labour', unit: 'Percent', level: 5, noise: 0.15 },
  { ...volume, name: 'Exports', nameCn: '出口总额', category: 'Trade', level: 150, noise: 0.03, growth: 0.04 },
  { ...volume, name: 'Imports', nameCn: '进口总额', category: 'Trade', level: 140, noise: 0.03, growth: 0.045 },
  { ...volume, name: 'Money Supply M2', nameCn: '广义货币供应量', category: 'Money', level: 8000, noise: 0.003, growth: 0.08 },
  { ...rate, name: 'Manufacturing PMI', nameCn: '制造业采购经理指数', category: 'Sentiment', unit: 'Index', level: 50.5, noise: 0.7 },
  { ...rate, name: 'Consumer Confidence', nameCn: '消费者信心指数', category: 'Sentiment', unit: 'Index', level: 102, noise: 2 },
];

/** Size of each economy relative to the first figures above. */
const SIZES = [2.8, 4, 0.8, 0.75, 0.55, 0.6];

/** Seasons of trade and sales by month: low in February, high in December. */
const SEASONS = [0.98, 0.9, 0.99, 0.98, 1.01, 1.01, 0.99, 1, 1.02, 1.02, 1.03, 1.07];
/** The slump of early 2020, as a factor by month counted from January 2020. */
const SLUMP = [0.97, 0.86, 0.89, 0.93, 0.96, 0.98, 0.99];
const SLUMP_START = 12;

function* values(series: Indicator, size: number, random: Random): Generator<[string, number]> {
  const dates = series.frequency === 'Monthly' ? MONTHS : QUARTERS;
  const stride = MONTHS.length / dates.length;
  const level =
    series.kind === 'rate' ? series.level * random.logNormal(1, 0.08) : series.level * size;
  let drift = 0;
  for (const [i, date] of dates.entries()) {
    const month = (i + 1) * stride - 1;
    const shock = SLUMP[month - SLUMP_START] ?? 1;
    drift = (series.kind === 'rate' ? 0.88 : 0.6) * drift + random.normal(0, series.noise);
    if (series.kind === 'rate') {
      // A slump lowers every rate but unemployment, which it raises.
      const sign = series.name === 'Unemployment Rate' ? -1 : 1;
      yield [date, round(level + drift - sign * (1 - shock) * 0.35 * level)];
    } else {
      const trend = Math.exp((series.growth * month) / 12);
      const season = series.category === 'Money' ? 1 : at(SEASONS, month % 12) * shock;
      yield [date, round(level * trend * season * (1 + drift))];
    }
  }
}

const RATES_TO_CNY = [
  ['USD', 6.9, 0.04],
  ['EUR', 7.7, 0.07],
  ['JPY', 0.056, 0.08],
  ['GBP', 8.8, 0.08],
  ['HKD', 0.882, 0.04],
  ['SGD', 5.1, 0.045],
  ['INR', 0.091, 0.06],
] as const;

function* exchangeRates(random: Random): Generator<Value[]> {
  for (const [currency, start, volatility] of RATES_TO_CNY) {
    let log = 0;
    for (const date of TRADING_DAYS) {
      yield [currency, date, round(start * Math.exp(log), 5)];
      log = 0.9995 * log + random.normal(0, volatility / Math.sqrt(243));
    }
  }
}

const TERMS = [
  ['Overnight', 0],
  ['3M', 0.25],
  ['1Y', 0.5],
  ['10Y', 1.2],
] as const;
const POLICY_RATES = [2.2, 2.4, 0.1, 0.6, 1.5, 5.5];

function* interestRates(random: Random): Generator<Value[]> {
  for (const [i, { code }] of COUNTRIES.entries()) {
    const start = at(POLICY_RATES, i);
    let level = start;
    let slope = 1;
    for (const date of MONTHS) {
      level = Math.max(0.02, level + 0.02 * (start + 0.6 - level) + random.normal(0, 0.09));
      slope = 0.93 * slope + 0.07 + random.normal(0, 0.05);
      for (const [term, premium] of TERMS) {
        const quoted = level + premium * slope + random.normal(0, 0.02);
        yield [code, term, date, round(Math.max(0.01, quoted), 3)];
      }
    }
  }
}

/** Simulates and stores macro series, exchange rates and interest rates. */
export function writeMacro(database: Database, seed: number): void {
  let id = 0;
  for (const [i, { code }] of COUNTRIES.entries()) {
    for (const series of INDICATORS) {
      const { name, nameCn, category, frequency, unit } = series;
      insert(database, 'macro_series', [[++id, name, nameCn, code, category, frequency, unit]]);
      const random = createRandom(seed, `macro ${id}`);
      const key = id;
      const rows = [...values(series, at(SIZES, i), random)].map(([date, value]) => [
        key,
        date,
        value,
      ]);
      insert(database, 'macro_value', rows);
    }
  }
  insert(database, 'exchange_rate', exchangeRates(createRandom(seed, 'exchange rates')));
  insert(database, 'interest_rate', interestRates(createRandom(seed, 'interest rates')));
}
