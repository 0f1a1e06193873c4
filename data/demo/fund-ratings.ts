/** Yearly stars: funds of one type are ranked by their return of the year, with some noise of the agency. */
import type { Database } from '@quaestor/finsql/sqlite';
import { YEARS } from './calendar.ts';
import { insert } from './insert.ts';
import { createRandom, type Random } from './random.ts';
import { RATING_AGENCIES } from './reference.ts';

/** Upper bounds of the percentile, best first, for 5, 4, 3 and 2 stars. */
const CUTS = [0.1, 0.325, 0.675, 0.9];

interface YearReturn {
  readonly fund: number;
  readonly type: number;
  readonly gain: number;
}

function yearReturns(database: Database, year: number): YearReturn[] {
  return database
    .prepare(
      `SELECT n.fund_id AS fund, f.fund_type_id AS type, SUM(n.weekly_return) AS gain
       FROM fund_nav n JOIN fund f ON f.fund_id = n.fund_id
       WHERE n.nav_date LIKE ? AND f.inception_date < ?
       GROUP BY n.fund_id ORDER BY n.fund_id`,
    )
    .all(`${year}-%`, `${year}-01-01`) as YearReturn[];
}

function rate(returns: readonly YearReturn[], random: Random): Map<number, number> {
  const spread = 0.3 * Math.max(1, ...returns.map(({ gain }) => Math.abs(gain)));
  const noisy = returns.map((item) => ({
    ...item,
    gain: item.gain + random.normal(0, spread / 3),
  }));
  const stars = new Map<number, number>();
  for (const type of new Set(noisy.map((item) => item.type))) {
    const peers = noisy.filter((item) => item.type === type).sort((a, b) => b.gain - a.gain);
    for (const [i, { fund }] of peers.entries()) {
      const cut = CUTS.findIndex((bound) => i / peers.length < bound);
      stars.set(fund, cut === -1 ? 1 : 5 - cut);
    }
  }
  return stars;
}

/** Stores the stars of every fund, agency and full year; reads the net values written before. */
export function writeFundRatings(database: Database, seed: number): void {
  const random = createRandom(seed, 'fund ratings');
  for (const year of YEARS) {
    const returns = yearReturns(database, year);
    for (const agency of RATING_AGENCIES) {
      const stars = rate(returns, random);
      insert(
        database,
        'fund_rating',
        [...stars].map(([fund, count]) => [fund, agency, `${year}-12-31`, count]),
      );
    }
  }
}
