/**
 * Paths of stock prices: geometric Brownian motion with a market, a sector and an own factor,
 *   r = drift + beta·(vol·m) + s + e,   vol a slowly reverting log-normal (calm and nervous months),
 * so that stocks of a sector move together and all stocks fall together in bad weeks.
 */
import type { Database } from '@quaestor/finsql/sqlite';
import { dayOnOrBefore, TRADING_DAYS } from './calendar.ts';
import type { Company } from './companies.ts';
import { insert, type Value } from './insert.ts';
import { at, createRandom, type Random, round } from './random.ts';
import { SECTORS } from './reference.ts';

const DAYS_A_YEAR = 243;
const MARKET_VOLATILITY = 0.17;
const SECTOR_VOLATILITY = 0.11;

export interface StockPath {
  readonly company: Company;
  /** Position in TRADING_DAYS of the first price. */
  readonly firstDay: number;
  /** Closing price by position in TRADING_DAYS; 0 before the listing. */
  readonly closes: Float64Array;
}

/** Daily returns of the market, in which calm and nervous spells alternate. */
function marketReturns(random: Random): Float64Array {
  const daily = MARKET_VOLATILITY / Math.sqrt(DAYS_A_YEAR);
  let logVolatility = 0;
  return Float64Array.from(TRADING_DAYS, () => {
    logVolatility = 0.97 * logVolatility + random.normal(0, 0.1);
    return 0.0004 + daily * Math.exp(logVolatility) * random.normal();
  });
}

function sectorReturns(random: Random): Float64Array {
  const daily = SECTOR_VOLATILITY / Math.sqrt(DAYS_A_YEAR);
  return Float64Array.from(TRADING_DAYS, () => random.normal(0, daily));
}

function path(company: Company, random: Random, market: Float64Array, sector: Float64Array) {
  const { volatility, growth } = company.industry;
  const beta = random.normal(1, 0.2);
  const factors = (beta * MARKET_VOLATILITY) ** 2 + SECTOR_VOLATILITY ** 2;
  const own = Math.sqrt(Math.max(0.01, volatility ** 2 - factors) / DAYS_A_YEAR);
  const drift = (0.5 * growth - 0.02 - volatility ** 2 / 2) / DAYS_A_YEAR;
  const firstDay = Math.max(0, dayOnOrBefore(company.listingDate));
  const closes = new Float64Array(TRADING_DAYS.length);
  let price = company.firstPrice;
  for (let day = firstDay; day < closes.length; day++) {
    if (day > firstDay) {
      const daily = drift + beta * at(market, day) + at(sector, day) + random.normal(0, own);
      price *= Math.exp(Math.min(0.095, Math.max(-0.105, daily)));
    }
    closes[day] = Math.max(0.5, round(price));
  }
  return { company, firstDay, closes };
}

function* priceRows({ company, firstDay, closes }: StockPath, random: Random): Generator<Value[]> {
  const turnover = random.logNormal(0.008, 0.5);
  for (let day = firstDay; day < closes.length; day++) {
    const close = at(closes, day);
    const before = day > firstDay ? at(closes, day - 1) : close;
    const open = round(before * Math.exp(random.normal(0, 0.005)));
    const high = round(Math.max(open, close) * (1 + Math.abs(random.normal(0, 0.006))));
    const low = round(Math.min(open, close) * (1 - Math.abs(random.normal(0, 0.006))));
    // Trade is brisk on days of large moves.
    const move = Math.abs(Math.log(close / before));
    const traded = company.shares * 1e6 * turnover * random.logNormal(1, 0.35) * (1 + 15 * move);
    yield [
      company.id,
      at(TRADING_DAYS, day),
      open,
      high,
      low,
      close,
      Math.round(traded / 100) * 100,
    ];
  }
}

/** Simulates and stores the daily prices of every company. */
export function writeStockPrices(
  database: Database,
  seed: number,
  companies: readonly Company[],
): StockPath[] {
  const market = marketReturns(createRandom(seed, 'market'));
  const sectors = new Map(
    SECTORS.map((sector) => [sector, sectorReturns(createRandom(seed, `sector ${sector}`))]),
  );
  return companies.map((company) => {
    const random = createRandom(seed, `stock ${company.id}`);
    const sector = sectors.get(company.industry.sector) ?? market;
    const stock = path(company, random, market, sector);
    insert(database, 'stock_price', priceRows(stock, random));
    return stock;
  });
}
