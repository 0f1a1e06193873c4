import type { Column } from '../schema/schema.ts';
import { findColumn } from '../schema/schema.ts';
import { ownerOfColumn } from '../sql/owner.ts';
import { analyse } from '../sql/scopes.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { callsIn } from './calls.ts';
import type { Rule } from './rule.ts';

/** SQLite reads a lone number as a day of the Julian calendar: the "year" of 2003 is -4707. */
export const plainYears: Rule = {
  name: 'plain-years',
  summary: 'The year of a column that holds years is the column itself.',
  when: 'always',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const calls = callsIn(sql, tokens).filter(
      ({ name, args }) => name === 'strftime' && args.length === 2 && args[0] === "'%Y'",
    );
    let text = sql;
    for (const { start, end, args } of calls.reverse()) {
      const reference = analyse(tokens, schema).columns.find(({ at }) => {
        const token = tokens[at];
        return token !== undefined && token.start > start && token.start < end;
      });
      if (reference === undefined) continue;
      const [, written = ''] = args;
      const name = tokens[reference.at]?.value ?? '';
      const owner = ownerOfColumn(tokens, reference);
      const column = owner && findColumn(owner, name);
      if (column === undefined || !isColumnName(written) || !holdsYears(column)) continue;
      text = text.slice(0, start) + written + text.slice(end);
    }
    return text;
  },
};

/** Nothing but a column, `name` or `t.name`. */
export function isColumnName(written: string): boolean {
  const tokens = tokenizeSql(written);
  return tokens.length === 1 || (tokens.length === 3 && tokens[1]?.text === '.');
}

export function holdsYears({ samples }: Column): boolean {
  return samples.length > 0 && samples.every((sample) => /^(?:1[5-9]|20|21)\d\d$/.test(sample));
}
