import { readPeriods } from '../retrieval/quantities/periods.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { callsIn } from './calls.ts';
import type { Rule } from './rule.ts';

const QUARTER = /quarter|季|\bq[1-4]\b/i;
/** The quarter of a month m: round(m / 3 + 0.495). */
const QUARTER_OF = /^strftime\s*\(\s*'%m'\s*,\s*([\w.]+)\s*\)\s*\/\s*3(?:\.0)?\s*\+\s*0\.495$/i;
/** Periods of a question are wanted by their months alone, whatever the day they are counted from. */
const ANY_DAY = '2000-01-01';

/** "In March" beside a known question about a third quarter. */
export const monthNotQuarter: Rule = {
  name: 'month-not-quarter',
  summary: 'A quarter that the question does not speak of is the one month that it names.',
  when: 'always',
  apply(sql, { question = '' }) {
    if (QUARTER.test(question)) return sql;
    const months = new Set(
      readPeriods(question, ANY_DAY)
        .filter(({ grain }) => grain === 'month')
        .map(({ from }) => from.slice(5, 7)),
    );
    const [month, ...more] = months;
    if (month === undefined || more.length > 0) return sql;
    const tokens = tokenizeSql(sql);
    let text = sql;
    for (const { name, start, end, args } of callsIn(sql, tokens).reverse()) {
      const column = QUARTER_OF.exec(args[0] ?? '')?.[1];
      if (name !== 'round' || column === undefined) continue;
      const at = tokens.findIndex((token) => token.start >= end);
      const [sign, number] = [tokens[at], tokens[at + 1]];
      if (sign?.text !== '=' || number?.kind !== 'number') continue;
      const rest = text.slice(number.start + number.text.length);
      text = `${text.slice(0, start)}strftime('%m', ${column}) = '${month}'${rest}`;
    }
    return text;
  },
};
