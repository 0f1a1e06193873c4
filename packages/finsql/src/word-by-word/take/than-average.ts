/** Things with more than their share: `customers with more orders than average`, `more employees than the average`. */

import { fold } from '../../schema/schema.ts';
import { keysTo } from '../columns/part-of.ts';
import { isKey, isNumber } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { columnIn, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * `more orders than average`, behind the word `than`; whether it is so.
 * @throws Unread where rows of the thing itself are counted, or no key leads from them to it
 */
export function takeThanAverage(state: ParseState): boolean {
  const { asked, said, phrases, at, links } = state;
  const sign = said.change?.sign;
  const [mean, other] = ahead(state);
  const named = phrases[at - 2];
  if (sign === undefined || !isWord(mean, 'measure') || mean.call !== 'avg') return false;
  const { thing } = asked;
  if (thing === undefined) return unread('than what');
  said.change = undefined;
  // `than the average customer`.
  if (other?.kind === 'table' && fold(other.table) !== fold(thing)) unread('than what');
  state.at += other?.kind === 'table' && isTable(other.table, thing) ? 2 : 1;
  if (named?.kind === 'column') {
    const column = { table: named.table, column: named.column };
    if (!isNumber(state, column) || isKey(column)) unread('the mean of what');
    asked.shown = asked.shown.filter((item) => {
      const of = columnIn(item);
      return of === undefined || !isSameColumn(of, column);
    });
    asked.conditions.push({ kind: 'mean', column, sign });
    return true;
  }
  if (named?.kind !== 'table' || isTable(named.table, thing)) return unread('than what');
  // Things without any have fewer, too, and are not among those that are counted.
  if (sign === '<') unread('fewer than the mean of counts');
  const [key, ...others] = keysTo(links, named.table, thing);
  if (key === undefined || others.length > 0) return unread('counts of what');
  const measure = { call: 'count', rows: named.table } as const;
  asked.having.push({
    measure,
    sign,
    value: { countsOf: named.table, by: key.column },
  });
  return true;
}
