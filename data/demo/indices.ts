/** Market indices: capitalisation-weighted baskets of the simulated stocks, 1,000 points on the first day. */
import type { Database } from '@quaestor/finsql/sqlite';
import { TRADING_DAYS } from './calendar.ts';
import { insert, type Value } from './insert.ts';
import type { StockPath } from './market.ts';
import { at, createRandom, round } from './random.ts';

const BASE_VALUE = 1000;

export interface MarketIndex {
  readonly id: number;
  readonly members: readonly StockPath[];
  readonly closes: Float64Array;
}

interface Definition {
  readonly code: string;
  readonly name: string;
  readonly nameCn: string;
  readonly includes: (stock: StockPath, rank: number) => boolean;
}

const sector =
  (name: string): Definition['includes'] =>
  (stock) =>
    stock.company.industry.sector === name;

// biome-ignore format: a table
const DEFINITIONS: readonly Definition[] = [
  { code: 'ALL', name: 'All Share Index', nameCn: '全指', includes: () => true },
  { code: 'LRG30', name: 'Large Cap 30', nameCn: '大盘30', includes: (_, rank) => rank < 30 },
  { code: 'MID40', name: 'Mid Cap 40', nameCn: '中盘40', includes: (_, rank) => rank >= 30 && rank < 70 },
  { code: 'TECH', name: 'Technology Index', nameCn: '科技指数', includes: sector('Technology') },
  { code: 'HLTH', name: 'Healthcare Index', nameCn: '医药指数', includes: sector('Healthcare') },
  { code: 'FINA', name: 'Financials Index', nameCn: '金融指数', includes: sector('Financials') },
  { code: 'CONS', name: 'Consumer Index', nameCn: '消费指数', includes: sector('Consumer') },
  { code: 'ENGY', name: 'Energy Index', nameCn: '能源指数', includes: sector('Energy') },
  { code: 'INDU', name: 'Industrials Index', nameCn: '工业指数', includes: sector('Industrials') },
  { code: 'MATL', name: 'Materials Index', nameCn: '材料指数', includes: sector('Materials') },
];

export const INDEX_COUNT = DEFINITIONS.length;

function capitalisation(stock: StockPath, day: number): number {
  return stock.company.shares * at(stock.closes, day);
}

/** Simulates and stores indices, members and daily levels. Only stocks listed on the first day take part. */
export function writeIndices(
  database: Database,
  seed: number,
  stocks: readonly StockPath[],
): MarketIndex[] {
  const random = createRandom(seed, 'indices');
  const lastDay = TRADING_DAYS.length - 1;
  const bySize = stocks
    .filter(({ firstDay }) => firstDay === 0)
    .sort((a, b) => capitalisation(b, 0) - capitalisation(a, 0));
  return DEFINITIONS.map(({ code, name, nameCn, includes }, i) => {
    const id = i + 1;
    const members = bySize.filter(includes);
    const total = (day: number) =>
      members.reduce((sum, stock) => sum + capitalisation(stock, day), 0);
    const first = total(0);
    const closes = Float64Array.from(TRADING_DAYS, (_, day) =>
      round((BASE_VALUE * total(day)) / first),
    );
    insert(database, 'market_index', [[id, code, name, nameCn, at(TRADING_DAYS, 0), BASE_VALUE]]);
    const last = total(lastDay);
    insert(
      database,
      'index_member',
      members.map((stock) => [
        ...[id, stock.company.id],
        round((100 * capitalisation(stock, lastDay)) / last, 3),
      ]),
    );
    const rows = TRADING_DAYS.map((date, day): Value[] => {
      const close = at(closes, day);
      const open = round(at(closes, Math.max(0, day - 1)) * Math.exp(random.normal(0, 0.002)));
      const high = round(Math.max(open, close) * (1 + Math.abs(random.normal(0, 0.003))));
      const low = round(Math.min(open, close) * (1 - Math.abs(random.normal(0, 0.003))));
      return [id, date, open, high, low, close];
    });
    insert(database, 'index_price', rows);
    return { id, members, closes };
  });
}
