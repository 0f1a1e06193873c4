/** The ten largest holdings of a fund: how they are picked, what they earn, how they change each quarter. */
import type { Fund } from './funds.ts';
import type { MarketIndex } from './indices.ts';
import type { StockPath } from './market.ts';
import { at, type Random } from './random.ts';

/** Ten holdings make up about half of the stocks of a fund. */
const TOP_TEN_SHARE = 0.55;
/** No holding may exceed 10 % of a fund. */
const LARGEST_WEIGHT = 9.9;

export interface Position {
  readonly stock: StockPath;
  /** Share of net assets in percent. */
  weight: number;
}

/** The ten largest holdings: an index fund takes its index's, another fund picks and keeps most of its own. */
export function pickBasket(
  fund: Fund,
  stocks: readonly StockPath[],
  index: MarketIndex,
  random: Random,
): Position[] {
  const follows = fund.type.name === 'Index';
  const pool = follows ? index.members : stocks.filter(({ firstDay }) => firstDay === 0);
  const count = Math.min(10, pool.length);
  const picked = follows ? pool.slice(0, count) : random.sample(pool, count);
  const raw = picked.map(({ company }) =>
    follows ? company.shares * company.firstPrice : random.logNormal(1, 0.35),
  );
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return picked.map((stock, i) => ({
    stock,
    weight: (TOP_TEN_SHARE * fund.type.stocks * at(raw, i)) / total,
  }));
}

/** Return of the basket between two days; the holdings outside the ten largest move with the benchmark. */
export function stockReturn(
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
  return TOP_TEN_SHARE * (held > 0 ? own / held : 0) + (1 - TOP_TEN_SHARE) * rest;
}

/** Lets weights drift with prices, and now and then swaps one holding. */
export function rebalance(
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
    // What is trimmed stays in cash.
    position.weight = Math.min(LARGEST_WEIGHT, (position.weight * before) / after);
  }
}
