/**
 * Annual statements by double entry: profit, cash and balance sheet of a year follow from the year before,
 * so assets = liabilities + equity, the three cash flows sum to the change in cash, and quarters sum to the year.
 */
import type { Database } from '@quaestor/finsql/sqlite';
import { YEARS } from './calendar.ts';
import type { Company } from './companies.ts';
import { insert } from './insert.ts';
import { createRandom, type Random, round } from './random.ts';
import { writeDividend, writeForecast, writeQuarters } from './yearly-notes.ts';

/** The state that a company carries from one year end to the next, in million CNY. */
interface Books {
  cash: number;
  receivables: number;
  inventory: number;
  fixed: number;
  intangible: number;
  payables: number;
  shortDebt: number;
  longDebt: number;
  equity: number;
}

/** How a company earns: drawn once, then perturbed every year. */
interface Character {
  readonly grossMargin: number;
  readonly selling: number;
  readonly payout: number;
  readonly growth: number;
}

const DEPRECIATION = 0.08;
const AMORTISATION = 0.06;
const LOAN_RATE = 0.042;
const TAX_RATE = 0.2;
const MINIMUM_CASH = 0.05;
/** Shock to growth by year: a weak 2020, a rebound, then normal years. */
const GROWTH_SHOCK: ReadonlyMap<number, number> = new Map([
  [2020, -0.07],
  [2021, 0.07],
  [2022, -0.02],
]);

function character(company: Company, random: Random): Character {
  const { grossMargin, research, growth } = company.industry;
  const margin = Math.min(0.9, Math.max(0.08, grossMargin + random.normal(0, 0.05)));
  return {
    grossMargin: margin,
    selling: (margin - research) * Math.min(0.8, Math.max(0.3, random.normal(0.58, 0.1))),
    payout: random.chance(0.2) ? 0 : 0.2 + 0.4 * random.uniform(),
    growth: growth + random.normal(0, 0.05),
  };
}

function openingBooks(company: Company, random: Random): Books {
  const { baseRevenue: revenue, industry } = company;
  const assets = revenue * industry.assetIntensity * random.logNormal(1, 0.15);
  const share = (part: number) => round(assets * part * random.logNormal(1, 0.15));
  const books = {
    cash: share(0.15),
    receivables: share(0.14),
    inventory: share(industry.sector === 'Financials' ? 0.02 : 0.15),
    fixed: share(0.42),
    intangible: share(0.08),
    payables: share(0.15),
    shortDebt: share(0.12),
    longDebt: share(0.16),
    equity: 0,
  };
  books.equity = round(totalAssets(books) - books.payables - books.shortDebt - books.longDebt);
  return books;
}

function totalAssets(books: Books): number {
  const { cash, receivables, inventory, fixed, intangible } = books;
  return round(cash + receivables + inventory + fixed + intangible);
}

function earn(company: Company, own: Character, books: Books, revenue: number, random: Random) {
  // Now and then a year goes badly wrong: a price war, a recall, a write-down.
  const mishap = random.chance(0.08) ? 0.25 * random.uniform() : 0;
  const margin = Math.max(0.02, own.grossMargin + random.normal(0, 0.025) - mishap);
  const cost = round(revenue * (1 - margin));
  const gross = round(revenue - cost);
  const selling = round(revenue * own.selling * random.logNormal(1, 0.06));
  const research = round(revenue * company.industry.research * random.logNormal(1, 0.1));
  const operating = round(gross - selling - research);
  const interest = round(
    (books.shortDebt + books.longDebt) * LOAN_RATE * random.logNormal(1, 0.05),
  );
  const pretax = round(operating - interest);
  const tax = round(Math.max(0, pretax * TAX_RATE));
  const net = round(pretax - tax);
  const eps = round(net / company.shares, 4);
  return { revenue, cost, gross, selling, research, operating, interest, pretax, tax, net, eps };
}

type Earnings = ReturnType<typeof earn>;

/** Moves the books on by one year and returns the cash flows of that year. */
function advance(books: Books, earned: Earnings, growth: number, dividend: number, random: Random) {
  const depreciation = round(books.fixed * DEPRECIATION);
  const amortisation = round(books.intangible * AMORTISATION);
  const capex = round(
    books.fixed * Math.max(0.02, DEPRECIATION + 0.7 * growth) * random.logNormal(1, 0.2),
  );
  const acquired = round(books.intangible * AMORTISATION * random.logNormal(1, 0.4));
  const scale = (item: number) => round(item * (1 + growth + random.normal(0, 0.04)));
  const receivables = scale(books.receivables);
  const inventory = scale(books.inventory);
  const payables = scale(books.payables);
  const released = round(
    books.receivables - receivables + books.inventory - inventory + payables - books.payables,
  );
  const operating = round(earned.net + depreciation + amortisation + released);
  const investing = round(-capex - acquired);
  // Debt follows the business; a shortage of cash is borrowed, half of a surplus repays long-term debt.
  const before = books.cash + operating + investing - dividend;
  const floor = earned.revenue * MINIMUM_CASH;
  const repaid = Math.min(books.longDebt, Math.max(0, before - 4 * floor) / 2);
  const newLong = round(before < floor ? (floor - before) * 1.2 : -repaid);
  const newShort = round(books.shortDebt * random.normal(0.3 * growth, 0.05));
  const financing = round(newLong + newShort - dividend);
  const change = round(operating + investing + financing);

  books.cash = round(books.cash + change);
  books.receivables = receivables;
  books.inventory = inventory;
  books.payables = payables;
  books.fixed = round(books.fixed + capex - depreciation);
  books.intangible = round(books.intangible + acquired - amortisation);
  books.longDebt = round(books.longDebt + newLong);
  books.shortDebt = round(books.shortDebt + newShort);
  books.equity = round(books.equity + earned.net - dividend);
  return [operating, capex, investing, dividend, financing, change];
}

function balanceRow(books: Books): number[] {
  const { cash, receivables, inventory, fixed, intangible, payables, shortDebt, longDebt } = books;
  const current = round(cash + receivables + inventory);
  const currentDebt = round(payables + shortDebt);
  return [
    ...[cash, receivables, inventory, current, fixed, intangible, totalAssets(books)],
    ...[payables, shortDebt, currentDebt, longDebt, round(currentDebt + longDebt), books.equity],
  ];
}

function writeCompanyStatements(database: Database, company: Company, random: Random): void {
  const own = character(company, random);
  const books = openingBooks(company, random);
  let revenue = company.baseRevenue;
  let dividend = round(own.payout * revenue * 0.04);
  for (const year of YEARS) {
    const growth = own.growth + (GROWTH_SHOCK.get(year) ?? 0) + random.normal(0, 0.06);
    const expected = revenue * (1 + own.growth);
    revenue = round(revenue * (1 + growth));
    const earned = earn(company, own, books, revenue, random);
    const { net, eps } = earned;
    const key = [company.id, year];
    insert(database, 'income_statement', [[...key, ...Object.values(earned)]]);
    insert(database, 'cash_flow', [[...key, ...advance(books, earned, growth, dividend, random)]]);
    insert(database, 'balance_sheet', [[...key, ...balanceRow(books)]]);
    writeQuarters(database, company, year, revenue, net, random);
    writeForecast(database, company, year, expected, (net / revenue) * expected, random);
    const perShare = round(Math.max(0, own.payout * eps), 3);
    dividend = round(perShare * company.shares);
    if (perShare > 0) writeDividend(database, company, year, perShare, random);
  }
}

/** Simulates and stores the annual statements, quarterly results, forecasts and dividends of every company. */
export function writeStatements(
  database: Database,
  seed: number,
  companies: readonly Company[],
): void {
  for (const company of companies) {
    writeCompanyStatements(database, company, createRandom(seed, `statements ${company.id}`));
  }
}
