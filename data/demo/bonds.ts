/** Bonds of the listed companies: terms, ratings, and month-end prices that follow from their yields. */
import type { Database } from '@quaestor/finsql/sqlite';
import { MONTH_ENDS, TRADING_DAYS, YEARS } from './calendar.ts';
import type { Company } from './companies.ts';
import { insert, type Value } from './insert.ts';
import { at, createRandom, type Random, round } from './random.ts';
import { RATING_AGENCIES } from './reference.ts';

const GRADES = ['AAA', 'AA+', 'AA', 'AA-', 'A+', 'A'];
/** Yield above the risk-free rate in percent, by grade. */
const SPREADS = [0.6, 1, 1.5, 2.2, 3.1, 4.2];

// biome-ignore format: a table
const KINDS = [
  ['Corporate Bond', '公司债', 45], ['Medium-Term Note', '中期票据', 30],
  ['Green Bond', '绿色债', 13], ['Convertible Bond', '可转债', 12],
] as const;

/** Risk-free yield at the end of each month, a slowly reverting path around 2.8 %. */
function riskFree(random: Random): number[] {
  let level = 3.1;
  return MONTH_ENDS.map(() => {
    level += 0.04 * (2.6 - level) + random.normal(0, 0.09);
    return level;
  });
}

/** Price per 100 face value of a bond with yearly coupons and `years` left, discounted continuously. */
function cleanPrice(coupon: number, yieldPercent: number, years: number): number {
  const rate = yieldPercent / 100;
  const discount = Math.exp(-rate * years);
  return (coupon / 100) * ((1 - discount) / rate) * 100 + 100 * discount;
}

interface Bond {
  readonly id: number;
  readonly issueDate: string;
  readonly maturityDate: string;
  readonly coupon: number;
  grade: number;
}

function* priceRows(bond: Bond, base: readonly number[], random: Random): Generator<Value[]> {
  let own = 0;
  for (const [month, day] of MONTH_ENDS.entries()) {
    const date = at(TRADING_DAYS, day);
    own = 0.9 * own + random.normal(0, 0.08);
    if (date < bond.issueDate || date >= bond.maturityDate) continue;
    const years = (Date.parse(bond.maturityDate) - Date.parse(date)) / 31_557_600_000;
    const result = Math.max(0.8, at(base, month) + at(SPREADS, bond.grade) + own);
    yield [bond.id, date, round(cleanPrice(bond.coupon, result, years), 3), round(result, 3)];
  }
}

function* ratingRows(bond: Bond, random: Random): Generator<Value[]> {
  const agency = random.pick(RATING_AGENCIES);
  let grade = bond.grade;
  for (const year of YEARS) {
    const date = `${year}-06-30`;
    if (date < bond.issueDate || date >= bond.maturityDate) continue;
    if (random.chance(0.08)) grade = Math.min(GRADES.length - 1, grade + 1);
    else if (random.chance(0.05)) grade = Math.max(0, grade - 1);
    const outlook = random.weighted([
      ['Stable', 80],
      ['Negative', 12],
      ['Positive', 8],
    ] as const);
    yield [bond.id, date, agency, at(GRADES, grade), outlook];
  }
}

/** Simulates and stores bonds, ratings and month-end prices. */
export function writeBonds(database: Database, seed: number, companies: readonly Company[]): void {
  const random = createRandom(seed, 'bonds');
  const base = riskFree(random);
  const issuers = createRandom(1, 'bond issuers');
  let id = 0;
  for (const company of companies) {
    // Who issues what and when is the same for every seed: bond names carry the year.
    for (let count = issuers.integer(0, 3); count > 0; count--) {
      id++;
      const [kind, kindCn] = issuers.weighted(KINDS.map((item) => [item, item[2]]));
      const year = issuers.integer(2018, 2023);
      const monthDay = `${String(issuers.integer(1, 12)).padStart(2, '0')}-15`;
      const issueDate = `${year}-${monthDay}`;
      const maturityDate = `${year + issuers.pick([3, 5, 7, 10])}-${monthDay}`;
      const grade = random.weighted([
        [0, 30],
        [1, 28],
        [2, 22],
        [3, 12],
        [4, 6],
        [5, 2],
      ] as const);
      const equityLike = kind === 'Convertible Bond' ? 2.2 : 0;
      const coupon = round(
        Math.max(0.3, 3 + at(SPREADS, grade) - equityLike + random.normal(0, 0.2)),
      );
      const name = `${company.name} ${kind} ${year}-${id}`;
      const nameCn = `${company.nameCn}${year}年${kindCn}${id}`;
      const amount = round(random.logNormal(900, 0.6) / 50, 0) * 50 + 50;
      insert(database, 'bond', [
        [
          id,
          `B${20001 + id * 3}`,
          name,
          nameCn,
          company.id,
          kind,
          issueDate,
          maturityDate,
          coupon,
          amount,
        ],
      ]);
      const bond = { id, issueDate, maturityDate, coupon, grade };
      insert(database, 'bond_rating', ratingRows(bond, random));
      insert(database, 'bond_price', priceRows(bond, base, random));
    }
  }
}
