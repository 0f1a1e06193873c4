/** Brokers, their analysts, and the ratings that these give to stocks. */
import type { Database } from '@quaestor/finsql/sqlite';
import { TRADING_DAYS } from './calendar.ts';
import { insert, type Value } from './insert.ts';
import type { StockPath } from './market.ts';
import { person } from './names.ts';
import { at, createRandom, type Random, round } from './random.ts';
import { INDUSTRIES } from './reference.ts';

// biome-ignore format: a table
const BROKERS = [
  ['Pine Tree Securities', '松树证券', 'Shanghai'], ['Bluestone Securities', '青石证券', 'Shenzhen'],
  ['Crane Capital Markets', '白鹤资本市场', 'Beijing'], ['Riverbend Securities', '河湾证券', 'Wuhan'],
  ['Summit Peak Securities', '峰顶证券', 'Shanghai'], ['Lotus Pond Brokers', '荷塘证券', 'Hangzhou'],
  ['Granite Research', '花岗岩研究', 'Shenzhen'], ['Southern Cross Securities', '南十字证券', 'Guangzhou'],
] as const;

const ANALYSTS = 66;

/** Upside that goes with each rating, and how often the rating is given. Analysts seldom say "sell". */
const RATINGS = [
  ['Buy', 0.3, 38],
  ['Overweight', 0.15, 27],
  ['Hold', 0.03, 25],
  ['Underweight', -0.1, 7],
  ['Sell', -0.2, 3],
] as const;

function analystRow(id: number, random: Random): Value[] {
  const { english, chinese } = person('analysts', id - 1);
  const education = random.weighted([
    ['Bachelor', 8],
    ['Master', 58],
    ['Doctorate', 22],
    ['MBA', 12],
  ] as const);
  const broker = random.integer(1, BROKERS.length);
  // Three analysts for each industry.
  const industry = ((id - 1) % INDUSTRIES.length) + 1;
  return [
    id,
    english,
    chinese,
    broker,
    industry,
    education,
    1 + Math.floor(random.logNormal(6, 0.6)),
  ];
}

function* ratingRows(stocks: readonly StockPath[], random: Random): Generator<Value[]> {
  let id = 0;
  for (const { company, firstDay, closes } of stocks) {
    const count = random.integer(15, 30);
    const days = Array.from({ length: count }, () =>
      random.integer(firstDay, TRADING_DAYS.length - 1),
    ).sort((a, b) => a - b);
    for (const day of days) {
      const analyst = company.industry.id + INDUSTRIES.length * random.integer(0, 2);
      const [rating, upside] = random.weighted(RATINGS.map((item) => [item, item[2]]));
      const target = round(at(closes, day) * (1 + upside) * random.logNormal(1, 0.05), 1);
      yield [++id, analyst, company.id, at(TRADING_DAYS, day), rating, target];
    }
  }
}

/** Stores brokers, analysts and ratings. */
export function writeResearch(
  database: Database,
  seed: number,
  stocks: readonly StockPath[],
): void {
  const random = createRandom(seed, 'research');
  insert(
    database,
    'broker',
    BROKERS.map(([name, nameCn, city], i) => [i + 1, name, nameCn, city]),
  );
  insert(
    database,
    'analyst',
    Array.from({ length: ANALYSTS }, (_, i) => analystRow(i + 1, random)),
  );
  insert(database, 'analyst_rating', ratingRows(stocks, random));
}
