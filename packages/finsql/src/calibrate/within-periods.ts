import { fold, type Table } from '../schema/schema.ts';
import { textOf } from '../sql/edit.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { textComparisons } from './compared-texts.ts';
import type { Rule } from './rule.ts';

/** How the names of the first and the last day of a period differ. */
const PAIRS = [
  ['start', 'end'],
  ['begin', 'end'],
  ['from', 'to'],
  ['from', 'until'],
] as const;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Who held a post on a day seldom began on it. */
export const withinPeriods: Rule = {
  name: 'within-periods',
  summary:
    'A period that begins on a day where none does becomes one that the day lies in; one without an end goes on.',
  when: 'empty',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    let text = sql;
    for (const { reference, owner, column, texts } of textComparisons(tokens, schema).reverse()) {
      const [at, ...more] = texts;
      const [literal, sign] = [at === undefined ? undefined : tokens[at], tokens[reference.at + 1]];
      const last = lastDayOf(owner, column);
      if (literal === undefined || last === undefined || more.length > 0) continue;
      if (sign?.text !== '=' || !DAY.test(literal.value)) continue;
      const first = tokens.slice(reference.qualifier ?? reference.at, reference.at + 1);
      const name = textOf(sql, first);
      const end = `${name.slice(0, -column.length)}${last}`;
      const within = `${name} <= ${literal.text} and (${end} is null or ${end} >= ${literal.text})`;
      const from = first[0]?.start ?? 0;
      text = text.slice(0, from) + within + text.slice(literal.start + literal.text.length);
    }
    return text;
  },
};

/** The column with the last day of the period that begins with that column. */
function lastDayOf({ columns }: Table, column: string): string | undefined {
  const name = fold(column);
  const names = new Map(columns.map((other) => [fold(other.name), other.name]));
  for (const [start, end] of PAIRS) {
    const pattern = new RegExp(`(^|_)${start}(?=_|$|date|day)`);
    const last = pattern.test(name) ? names.get(name.replace(pattern, `$1${end}`)) : undefined;
    if (last !== undefined) return last;
  }
  return undefined;
}
