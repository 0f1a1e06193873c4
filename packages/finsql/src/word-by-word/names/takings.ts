/** Takings: what is taken in cash, by card and otherwise, where each has a column, all together; what is sold one by one, its price. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { nameWords } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { withoutUnit } from '../columns/money-names.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';
import { holdsDays } from '../columns/schema-columns.ts';
import type { Step } from '../model/reading.ts';

const MEANS =
  /^(?:cash|coins?|notes|cards?|app|contactless|che(?:que|ck)s?|online|vouchers?|mobile|cash sales|card sales)(?: (?:amount|takings))?$/;
const NAMES = ['takings', 'money taken', 'takings in total', 'revenue', 'turnover', 'amount taken'];

/** How people ask for them; nothing where a column holds the total, or only one way of paying has a column. */
export function saidOfTakings({ name: table, columns }: Table): Naming[] {
  const price = priceOfSold(columns);
  if (price !== undefined) {
    const place = { kind: 'column', table, column: price.name } as const;
    const meaning = { ...place, total: true, cost: COST.synonym } as const;
    return ['takings', 'revenue', 'turnover'].map((text) => naming(text, meaning));
  }
  const means = columns.filter(
    (one) => isNumber(one) && MEANS.test(withoutUnit(wordsOf(one.name)).join(' ')),
  );
  const isHeld = columns.some(({ name }) =>
    /^(?:total|takings|revenue|turnover|amount)\b/.test(nameWords(name).join(' ')),
  );
  const [first, ...others] = means;
  if (first === undefined || others.length === 0 || isHeld) return [];
  const steps = others.map(({ name }): Step => ({ sign: '+', by: { table, column: name } }));
  const meaning = { kind: 'column', table, column: first.name, steps, cost: COST.verb } as const;
  return NAMES.map((text) => naming(text, meaning, COST.full));
}

/** The price of rows that are sold one by one on a day; undefined for products, and where there is a quantity. */
function priceOfSold(columns: readonly Column[]): Column | undefined {
  const isCalled = (pattern: RegExp) =>
    columns.some(({ name }) => pattern.test(wordsOf(name).join(' ')));
  const isThing = isCalled(/(?:name|title|description)$/) || !columns.some(holdsDays);
  const isOther = isCalled(/\b(?:quantity|units|pieces|amount|total|bought|purchased)\b/);
  const price = columns.find(
    (one) => isNumber(one) && /^price$/.test(withoutUnit(wordsOf(one.name)).join(' ')),
  );
  return isThing || isOther ? undefined : price;
}
