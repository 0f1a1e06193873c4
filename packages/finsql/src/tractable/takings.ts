/** What is taken in cash, by card and otherwise, where each has a column: `takings` are all of them together. */
import { isNumber } from '../calibrate/asked-columns.ts';
import { nameWords } from '../retrieval/words.ts';
import type { Table } from '../schema/schema.ts';
import { withoutUnit } from './money-names.ts';
import { COST, type Said, said } from './name-costs.ts';
import { wordsOf } from './name-words.ts';
import type { Step } from './reading.ts';

const MEANS =
  /^(?:cash|coins?|notes|cards?|app|contactless|che(?:que|ck)s?|online|vouchers?|mobile|cash sales|card sales)(?: (?:amount|takings))?$/;
const NAMES = ['takings', 'money taken', 'takings in total', 'revenue', 'turnover', 'amount taken'];

/** How people ask for them; nothing where a column holds the total, or only one way of paying has a column. */
export function saidOfTakings({ name: table, columns }: Table): Said[] {
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
  return NAMES.map((text) => said(text, meaning, COST.full));
}
