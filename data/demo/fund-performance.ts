/**
 * How funds fare: weekly return = stock share × return of the basket held + bond share × bond return − fee.
 * Net values, holdings, sizes, distributions and stars all follow from that one path.
 */
import type { Database } from 'better-sqlite3';
import { dayOnOrBefore, QUARTERS, TRADING_DAYS, WEEK_ENDS } from './calendar.ts';
import { writeFundRatings } from './fund-ratings.ts';
import type { Fund } from './funds.ts';
import type { MarketIndex } from './indices.ts';
import { insert, type Value } from './insert.ts';
import type { StockPath } from './market.ts';
import { at, createRandom, type Random, round } from './random.ts';

const WEEKS_A_YEAR = 52;

interface Position {
  readonly stock: StockPath;
  /** Share of net assets in percent. */
  weight: number;
}

/** The ten largest holdings: an index fund takes its index's, another fund picks and keeps most of its own. */
function pickBasket(
  fund: Fund,
  stocks: readonly StockPath[],
  index: MarketIndex | undefined,
  random: Random,
): Position[] {
  const follows = fund.type.name === 'Index' && index !== undefined;
  const pool = follows ? index.members : stocks.filter(({ firstDay }) => firstDay === 0);
  const count = Math.min(10, pool.length);
  const picked = follows ? pool.slice(0, count) : random.sample(pool, count);
  // Ten holdings make up about half of the stocks of a fund.
  const raw = picked.map(() => random.logNormal(1, 0.35));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return picked.map((stock, i) => ({
    stock,
    weight: (0.55 * fund.type.stocks * at(raw, i)) / total,
  }));
}

/** Return of the basket between two days; the holdings outside the ten largest move with the benchmark. */
function stockReturn(
  basket: readonly Position[],
  index: MarketIndex,
  from: number,
  to: number,
): number {
  const held = basket.reduce((sum, { weight }) => sum + weight, 0);
  const own = basket.reduce(
    (sum, { stock, weight }) => sum + weight * (at(stock.closes, to) / at(stock.closes, from) - 1),
    0,
  );
  const rest = at(index.closes, to) / at(index.closes, from) - 1;
  return 0.55 * (held > 0 ? own / held : 0) + 0.45 * rest;
}

/** Lets weights drift with prices, and now and then swaps one holding. */
function rebalance(
  basket: Position[],
  stocks: readonly StockPath[],
  from: number,
  to: number,
  swap: boolean,
  random: Random,
): void {
  const before = basket.reduce((sum, { weight }) => sum + weight, 0);
  for (const position of basket) {
    position.weight *= at(position.stock.closes, to) / at(position.stock.closes, from);
  }
  if (swap && basket.length > 0 && random.chance(0.7)) {
    const held = new Set(basket.map(({ stock }) => stock));
    const free = stocks.filter((stock) => stock.firstDay <= from && !held.has(stock));
    const i = random.integer(0, basket.length - 1);
    basket[i] = { stock: random.pick(free), weight: at(basket, i).weight };
  }
  const after = basket.reduce((sum, { weight }) => sum + weight, 0);
  for (const position of basket) {
    // No holding may exceed 10 % of a fund; a trim stays in cash.
    position.weight = Math.min(9.9, (position.weight * before) / after);
  }
}

interface Rows {
  readonly nav: Value[][];
  readonly scale: Value[][];
  readonly allocation: Value[][];
  readonly holding: Value[][];
  readonly distribution: Value[][];
}

function quarterRows(
  rows: Rows,
  fund: Fund,
  date: string,
  units: number,
  nav: number,
  basket: readonly Position[],
  random: Random,
): void {
  const netAssets = round(units * nav);
  const holders = Math.round((netAssets * 1e6) / random.logNormal(45_000, 0.2));
  rows.scale.push([fund.id, date, netAssets, round(units), holders]);
  const stocks =
    fund.type.stocks === 0 ? 0 : round(Math.min(97, fund.type.stocks + random.normal(0, 2)));
  const bonds = round(Math.max(0, Math.min(99 - stocks, fund.type.bonds + random.normal(0, 2))));
  rows.allocation.push([fund.id, date, stocks, bonds, round(100 - stocks - bonds)]);
  const day = dayOnOrBefore(date);
  for (const { stock, weight } of basket) {
    const share = round(weight);
    const value = round((netAssets * share) / 100, 3);
    const shares = round((value * 1000) / at(stock.closes, day), 1);
    rows.holding.push([fund.id, date, stock.company.id, share, shares, value]);
  }
}

function simulate(
  fund: Fund,
  stocks: readonly StockPath[],
  index: MarketIndex,
  random: Random,
): Rows {
  const rows: Rows = { nav: [], scale: [], allocation: [], holding: [], distribution: [] };
  const firstWeek = WEEK_ENDS.findIndex((day) => at(TRADING_DAYS, day) >= fund.inceptionDate);
  const isMoney = fund.type.name === 'Money Market';
  const young = fund.inceptionDate >= '2019';
  let nav =
    isMoney || young ? 1 : round(random.logNormal(fund.type.stocks > 50 ? 1.5 : 1.15, 0.2), 4);
  let paid = isMoney || young ? 0 : round(0.3 * random.uniform(), 4);
  let units = random.logNormal(isMoney ? 9000 : 1400, 0.9);
  const basket = fund.type.stocks === 0 ? [] : pickBasket(fund, stocks, index, random);
  const skill =
    fund.type.name === 'Index' ? 0 : random.normal(0.01, 0.03) * (fund.type.stocks / 100);
  const generous = !isMoney && random.chance(0.4);
  let quarter = QUARTERS.findIndex((date) => date >= fund.inceptionDate);
  let lastQuarterDay = at(WEEK_ENDS, firstWeek);

  for (let week = firstWeek; week < WEEK_ENDS.length; week++) {
    const day = at(WEEK_ENDS, week);
    const date = at(TRADING_DAYS, day);
    let change = 0;
    if (week > firstWeek) {
      const inStocks =
        stockReturn(basket, index, at(WEEK_ENDS, week - 1), day) * (fund.type.stocks / 100);
      const bondYield = isMoney
        ? 0.022 / WEEKS_A_YEAR
        : random.normal(0.036 / WEEKS_A_YEAR, 0.0011);
      const inBonds = bondYield * (isMoney ? 1 : fund.type.bonds / 100);
      change = inStocks + inBonds + (skill - fund.fee / 100) / WEEKS_A_YEAR;
      if (isMoney) change = Math.max(0.0001, bondYield * random.logNormal(1, 0.15));
    }
    nav = Math.max(0.1, nav * (1 + change));
    if (generous && date.slice(5) >= '12-10' && date.slice(5) <= '12-16' && nav > 1.1) {
      const amount = round(0.03 * nav * random.logNormal(1, 0.3), 3);
      rows.distribution.push([fund.id, date, amount]);
      nav -= amount;
      paid += amount;
    }
    // A money market fund keeps its price at 1 and adds what it earns to the accumulated value.
    const shown = isMoney ? 1 : round(nav, 4);
    const accumulated = round(nav + paid, 4);
    rows.nav.push([fund.id, date, shown, accumulated, round(100 * change, 3)]);
    const next = at(QUARTERS, Math.min(quarter, QUARTERS.length - 1));
    const followed = WEEK_ENDS[week + 1];
    const isLastInQuarter = followed === undefined || at(TRADING_DAYS, followed) > next;
    if (isLastInQuarter && quarter < QUARTERS.length) {
      units *= random.logNormal(1.01, 0.09);
      rebalance(basket, stocks, lastQuarterDay, day, fund.type.name !== 'Index', random);
      quarterRows(rows, fund, next, units, shown, basket, random);
      lastQuarterDay = day;
      quarter++;
    }
  }
  return rows;
}

/** Simulates and stores everything that funds publish over time. */
export function writeFundPerformance(
  database: Database,
  seed: number,
  funds: readonly Fund[],
  stocks: readonly StockPath[],
  indices: readonly MarketIndex[],
): void {
  for (const fund of funds) {
    const random = createRandom(seed, `fund ${fund.id}`);
    const rows = simulate(fund, stocks, at(indices, (fund.benchmark ?? 1) - 1), random);
    insert(database, 'fund_nav', rows.nav);
    insert(database, 'fund_scale', rows.scale);
    insert(database, 'asset_allocation', rows.allocation);
    insert(database, 'fund_holding', rows.holding);
    insert(database, 'fund_distribution', rows.distribution);
  }
  writeFundRatings(database, seed);
}
