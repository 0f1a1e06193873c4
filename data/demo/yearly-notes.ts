/** What follows from a company's annual statement: quarters that sum to the year, forecasts and dividends. */
import type { Database } from '@quaestor/finsql/sqlite';
import { addDays, tradingDayFrom } from './calendar.ts';
import type { Company } from './companies.ts';
import { insert } from './insert.ts';
import { type Random, round } from './random.ts';

/** Share of the year's business by quarter. Shops sell most at the year end, power is used in summer. */
const SEASON: ReadonlyMap<string, readonly number[]> = new Map([
  ['Retail', [0.23, 0.22, 0.22, 0.33]],
  ['Consumer Electronics', [0.2, 0.22, 0.26, 0.32]],
  ['Food and Beverage', [0.31, 0.21, 0.22, 0.26]],
  ['Electric Utilities', [0.23, 0.24, 0.3, 0.23]],
  ['Property Development', [0.15, 0.23, 0.22, 0.4]],
]);
const USUAL_SEASON = [0.22, 0.25, 0.26, 0.27];

function split(total: number, shares: readonly number[], random: Random): number[] {
  const weights = shares.map((share) => share * random.logNormal(1, 0.06));
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts = weights.slice(0, -1).map((weight) => round((total * weight) / sum));
  return [...parts, round(total - parts.reduce((a, b) => a + b, 0))];
}

export function writeQuarters(
  database: Database,
  company: Company,
  year: number,
  revenue: number,
  netProfit: number,
  random: Random,
): void {
  const season = SEASON.get(company.industry.name) ?? USUAL_SEASON;
  const revenues = split(revenue, season, random);
  const profits = split(netProfit, season, random);
  insert(
    database,
    'quarterly_result',
    revenues.map((value, i) => [company.id, year, i + 1, value, profits[i] ?? 0]),
  );
}

export function writeForecast(
  database: Database,
  company: Company,
  year: number,
  revenue: number,
  netProfit: number,
  random: Random,
): void {
  const forecastRevenue = round(revenue * random.logNormal(1.01, 0.03));
  // Analysts are hopeful: they expect a little more than comes.
  const forecastProfit = round(netProfit * random.logNormal(1.04, 0.12));
  const analysts = random.integer(3, 25);
  insert(database, 'earnings_forecast', [
    [company.id, year, forecastRevenue, forecastProfit, analysts],
  ]);
}

/** A dividend is announced in spring of the next year; those for 2024 lie beyond the end of the demo. */
export function writeDividend(
  database: Database,
  company: Company,
  year: number,
  perShare: number,
  random: Random,
): void {
  if (year === 2024) return;
  const announced = tradingDayFrom(addDays(`${year + 1}-03-15`, random.integer(0, 40)));
  const ex = tradingDayFrom(addDays(announced, random.integer(40, 75)));
  const paid = tradingDayFrom(addDays(ex, random.integer(5, 14)));
  insert(database, 'dividend', [[company.id, year, announced, ex, paid, perShare]]);
}
