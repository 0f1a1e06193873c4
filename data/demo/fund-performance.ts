/**
 * How funds fare: weekly return = stock share × return of the basket held + bond share × bond return − fee.
 * Net values, holdings, sizes, distributions and stars all follow from that one path.
 */
import type { Database } from '@quaestor/finsql/sqlite';
import { dayOnOrBefore, QUARTERS, TRADING_DAYS, WEEK_ENDS } from './calendar.ts';
import { type Position, pickBasket, rebalance, stockReturn } from './fund-baskets.ts';
import { writeFundRatings } from './fund-ratings.ts';
import type { Fund } from './funds.ts';
import type { MarketIndex } from './indices.ts';
import { insert, type Value } from './insert.ts';
import type { StockPath } from './market.ts';
import { at, createRandom, type Random, round } from './random.ts';

const WEEKS_A_YEAR = 52;
const BOND_YIELD = 0.036;
const MONEY_MARKET_YIELD = 0.022;

interface Rows {
  readonly nav: Value[][];
  readonly scale: Value[][];
  readonly allocation: Value[][];
  readonly holding: Value[][];
  readonly distribution: Value[][];
}

/** What a fund carries from week to week; `paid` is the sum of its distributions per unit. */
interface State {
  nav: number;
  paid: number;
  units: number;
  readonly skill: number;
  readonly distributes: boolean;
  readonly basket: Position[];
}

function isMoneyMarket(fund: Fund): boolean {
  return fund.type.name === 'Money Market';
}

function openingState(fund: Fund, basket: Position[], random: Random): State {
  const startsAtOne = isMoneyMarket(fund) || fund.inceptionDate >= '2019';
  const grown = random.logNormal(fund.type.stocks > 50 ? 1.5 : 1.15, 0.2);
  const paid = 0.3 * random.uniform();
  // An index fund has no skill to show.
  const skill = fund.type.name === 'Index' ? 0 : random.normal(0.01, 0.03);
  return {
    nav: startsAtOne ? 1 : round(grown, 4),
    paid: startsAtOne ? 0 : round(paid, 4),
    units: random.logNormal(isMoneyMarket(fund) ? 9000 : 1400, 0.9),
    skill: skill * (fund.type.stocks / 100),
    distributes: !isMoneyMarket(fund) && random.chance(0.4),
    basket,
  };
}

function weeklyReturn(fund: Fund, state: State, inStocks: number, random: Random): number {
  if (isMoneyMarket(fund)) return (MONEY_MARKET_YIELD / WEEKS_A_YEAR) * random.logNormal(1, 0.15);
  const inBonds = random.normal(BOND_YIELD / WEEKS_A_YEAR, 0.0011);
  const mix = (inStocks * fund.type.stocks + inBonds * fund.type.bonds) / 100;
  return mix + (state.skill - fund.fee / 100) / WEEKS_A_YEAR;
}

/** Pays out about 3 % in the middle of December, if there is a gain to pay from. */
function distribute(rows: Rows, fund: Fund, state: State, date: string, random: Random): void {
  const monthDay = date.slice(5);
  if (!state.distributes || monthDay < '12-10' || monthDay > '12-16' || state.nav < 1.1) return;
  const amount = round(0.03 * state.nav * random.logNormal(1, 0.3), 3);
  rows.distribution.push([fund.id, date, amount]);
  state.nav -= amount;
  state.paid += amount;
}

function report(rows: Rows, fund: Fund, state: State, date: string, random: Random): void {
  const netAssets = round(state.units * (isMoneyMarket(fund) ? 1 : state.nav));
  const holders = Math.round((netAssets * 1e6) / random.logNormal(45_000, 0.2));
  rows.scale.push([fund.id, date, netAssets, round(state.units), holders]);
  const { type } = fund;
  const stocks = type.stocks === 0 ? 0 : round(Math.min(97, type.stocks + random.normal(0, 2)));
  const bonds = round(Math.max(0, Math.min(99 - stocks, type.bonds + random.normal(0, 2))));
  rows.allocation.push([fund.id, date, stocks, bonds, round(100 - stocks - bonds)]);
  const day = dayOnOrBefore(date);
  for (const { stock, weight } of state.basket) {
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
  const basket = fund.type.stocks === 0 ? [] : pickBasket(fund, stocks, index, random);
  const state = openingState(fund, basket, random);
  const weeks = WEEK_ENDS.filter((day) => at(TRADING_DAYS, day) >= fund.inceptionDate);
  const quarters = QUARTERS.filter((date) => date >= fund.inceptionDate);
  let quarter = 0;
  let lastReport = at(weeks, 0);
  for (const [week, day] of weeks.entries()) {
    const date = at(TRADING_DAYS, day);
    const before = weeks[week - 1];
    let change = 0;
    if (before !== undefined) {
      change = weeklyReturn(fund, state, stockReturn(basket, index, before, day), random);
    }
    state.nav = Math.max(0.1, state.nav * (1 + change));
    distribute(rows, fund, state, date, random);
    // A money market fund keeps its price at 1 and adds what it earns to the accumulated value.
    const shown = isMoneyMarket(fund) ? 1 : round(state.nav, 4);
    rows.nav.push([fund.id, date, shown, round(state.nav + state.paid, 4), round(100 * change, 3)]);

    const due = quarters[quarter];
    const following = weeks[week + 1];
    if (due !== undefined && (following === undefined || at(TRADING_DAYS, following) > due)) {
      state.units *= random.logNormal(1.01, 0.09);
      rebalance(basket, stocks, lastReport, day, fund.type.name !== 'Index', random);
      report(rows, fund, state, due, random);
      lastReport = day;
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
