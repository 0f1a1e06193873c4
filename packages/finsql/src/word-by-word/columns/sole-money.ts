/** What rows come to where no column is called an amount: the principal of a loan, what was pledged. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { singular } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { flagOf } from './flag-columns.ts';
import { wordsOf } from './name-words.ts';
import { toldOnce } from './told-once.ts';

/** What is called so is what its rows come to. */
const MONEY =
  /^(?:principal|premium|pledged?|committed|commitment|receipts|takings|proceeds|sum)$/i;
/** Only of rows that are called so themselves. */
const OWN_MONEY = /^(?:revenue|fee|cost|rent|tax|charge|fine|expense|budget|pay|salary|wage)$/i;
/** A column that is called as its unit alone. */
const UNIT = /^(?:pence|cents|usd|eur|gbp|euros|dollars|pounds|rupees)$/i;
const LEVEL = /rate|pct|percent|ratio|day|date|month|year|type|kind|(?:_i|I)[dD]$/;
const AMOUNT = /amount|amt|total/i;

/** The one such column of a table; undefined where there is none, or several, or a price or an amount beside. */
export const soleMoneyOf = toldOnce(({ name: table, columns }: Table): Column | undefined => {
  const own = new Set(wordsOf(table).map(singular));
  const isMoney = (word: string) => MONEY.test(word) || (OWN_MONEY.test(word) && own.has(word));
  if (columns.some((one) => isNumber(one) && (/price/i.test(one.name) || AMOUNT.test(one.name))))
    return undefined;
  const [only, ...more] = columns.filter(
    (one) =>
      isNumber(one) &&
      !one.primaryKey &&
      !LEVEL.test(one.name) &&
      flagOf(one) === undefined &&
      (wordsOf(one.name).some(isMoney) || UNIT.test(one.name)),
  );
  return more.length === 0 ? only : undefined;
});
