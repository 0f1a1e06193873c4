/** FILTER, which node-sql-parser doesn't know, as the CASE that it stands for: an aggregate leaves out what is missing. */
import { textOf } from '../sql/edit.ts';
import { closingOf } from '../sql/parentheses.ts';
import { tokenizeSql } from '../sql/tokenize.ts';

/** `sum(x) filter (where a)` → `sum(case when a then x end)`; a call of several arguments stays. */
export function withCasesForFilters(sql: string): string {
  const tokens = tokenizeSql(sql);
  const word = (at: number) => (tokens[at]?.kind === 'word' ? tokens[at].text.toLowerCase() : '');
  for (const [at, { start }] of tokens.entries()) {
    const open = at - 1 >= 0 && tokens[at - 1]?.text === ')' ? openingOf(at - 1) : -1;
    if (word(at) !== 'filter' || word(at + 2) !== 'where' || open === -1) continue;
    const first = word(open + 1) === 'distinct' ? open + 2 : open + 1;
    const args = tokens.slice(first, at - 1);
    const close = closingOf(tokens, at + 1);
    if (args.some(({ text }) => text === ',')) continue;
    const counted = args.length === 0 || args[0]?.text === '*' ? '1' : textOf(sql, args);
    const condition = textOf(sql, tokens.slice(at + 3, close));
    const before = sql.slice(0, tokens[first]?.start ?? start);
    const behind = sql.slice((tokens[close]?.start ?? sql.length) + 1);
    return withCasesForFilters(`${before}case when ${condition} then ${counted} end)${behind}`);
  }
  return sql;

  function openingOf(close: number): number {
    return tokens.findIndex(({ text }, at) => text === '(' && closingOf(tokens, at) === close);
  }
}
