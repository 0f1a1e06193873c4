/** The listed companies: names and dictionary facts are equal for every seed, figures are not. */
import type { Database } from '@quaestor/finsql/sqlite';
import { tradingDayFrom } from './calendar.ts';
import { insert } from './insert.ts';
import { CITIES, COMPANY_ROOTS } from './names.ts';
import { at, createRandom, round } from './random.ts';
import { EXCHANGES, INDUSTRIES, type Industry } from './reference.ts';

export interface Company {
  readonly id: number;
  readonly name: string;
  readonly nameCn: string;
  readonly industry: Industry;
  readonly listingDate: string;
  /** Revenue of the year before the first statement, in million CNY. */
  readonly baseRevenue: number;
  /** Price on the first day in CNY, and shares in millions: together a sensible multiple of earnings. */
  readonly firstPrice: number;
  readonly shares: number;
  readonly stateOwned: boolean;
}

const PER_INDUSTRY = 5;
/** One in ten companies went public within the years of the demo. */
// biome-ignore format: a table
const LATE_LISTINGS: readonly string[] = [
  '2019-07-22', '2019-11-18', '2020-03-16', '2020-08-24', '2021-01-18', '2021-06-07',
  '2021-10-25', '2022-04-11', '2022-09-19', '2023-02-20', '2023-08-14',
];

interface Profile {
  readonly row: readonly [ticker: string, exchange: number, city: string, founded: number];
  readonly listingDate: string;
}

/** Ticker, exchange, city, year of foundation and listing date, by company; the same for every seed. */
function profiles(): Profile[] {
  const random = createRandom(1, 'company profiles');
  const counters = new Map<number, number>();
  return COMPANY_ROOTS.map((_, i) => {
    const exchange = random.weighted(EXCHANGES.map((item) => [item, item.weight] as const));
    const number = (counters.get(exchange.id) ?? 0) + 1;
    counters.set(exchange.id, number);
    const founded = random.integer(1985, 2008);
    const late = i % 10 === 3 ? LATE_LISTINGS[(i - 3) / 10] : undefined;
    const year = Math.min(founded + random.integer(6, 18), 2018);
    const early = `${year}-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(10, 28))}`;
    const ticker = `${exchange.tickerPrefix}${1000 + number * 7}`;
    return {
      row: [ticker, exchange.id, random.pick(CITIES), founded],
      listingDate: late === undefined ? early : tradingDayFrom(late),
    };
  });
}

/** Makes and stores the 110 listed companies. */
export function writeCompanies(database: Database, seed: number): Company[] {
  const random = createRandom(seed, 'companies');
  const rows: (string | number)[][] = [];
  const companies = profiles().map(({ row: [ticker, exchange, city, founded], listingDate }, i) => {
    const industry = at(INDUSTRIES, Math.floor(i / PER_INDUSTRY));
    const root = at(COMPANY_ROOTS, i);
    const baseRevenue = random.logNormal(6000, 0.9);
    const firstPrice = round(random.logNormal(22, 0.6));
    // Price-earnings ratios are higher where growth is; thin margins are floored at 3 %.
    const margin = Math.max(0.03, (industry.grossMargin - industry.research) * 0.35);
    const multiple = random.logNormal(14 + 60 * Math.max(0, industry.growth), 0.3);
    const company: Company = {
      id: i + 1,
      name: `${root.english} ${industry.suffix[0]}`,
      nameCn: `${root.chinese}${industry.suffix[1]}`,
      industry,
      listingDate,
      baseRevenue,
      firstPrice,
      shares: round((baseRevenue * margin * multiple) / firstPrice),
      stateOwned: random.chance(industry.growth < 0.06 ? 0.5 : 0.15),
    };
    const staff = Math.round(baseRevenue / random.logNormal(1.3, 0.4));
    rows.push([
      ...[company.id, ticker, company.name, company.nameCn, industry.id, exchange, city, founded],
      ...[listingDate, staff, company.shares, company.stateOwned ? 1 : 0],
    ]);
    return company;
  });
  insert(database, 'company', rows);
  return companies;
}
