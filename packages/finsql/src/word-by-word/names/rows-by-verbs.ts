/** Nouns for the rows of a table by what is done on their one day: `payments` for the rows of PAY, `valuations` for items that hold when they were valued. */
import { singular } from '../../retrieval/words.ts';
import type { Table } from '../../schema/schema.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { nounsOfDoing, OF_DAY, tableWords, wordsOf } from '../columns/name-words.ts';
import { holdsDays } from '../columns/schema-columns.ts';

/** Days on which rows are over with, which are not there for all of them. */
const OVER =
  /^(?:due|end|ended|exp|expiry|expired|closed|close|closing|maturity|matures|left|birth|born|updated|modified|start|started|opening|opened|joined|hired|founded)$/;

/** Rows that are so much, or so many. */
const OF_MONEY =
  /^(?:payment|receipt|billing|refund|donation|contribution|withdrawal|deposit|disbursement|repayment|collection|distribution|investment)$/;

/** Such nouns; none where the table has several days. */
export function saidOfRowsDone(table: Table): Naming[] {
  const [day, ...more] = table.columns.filter(holdsDays);
  if (day === undefined || more.length > 0) return [];
  const [verb, ...others] = wordsOf(day.name).filter((word) => !OF_DAY.test(word));
  if (verb === undefined || others.length > 0 || OVER.test(verb)) return [];
  const own = tableWords(table.name).map(singular);
  return nounsOfDoing(verb)
    .filter((text) => !own.includes(text))
    .map((text) => {
      const meant = { kind: 'table', table: table.name, cost: COST.synonym } as const;
      return naming(text, OF_MONEY.test(text) ? { ...meant, byDoing: true, cost: 2 } : meant);
    });
}
