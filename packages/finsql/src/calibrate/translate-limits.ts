import { fold } from '../schema/schema.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

export const translateLimits: Rule = {
  name: 'translate-limits',
  summary: 'select top n, limit a, b, and fetch first n rows only become limit n offset m.',
  apply(sql) {
    const tokens = tokenizeSql(sql);
    const words = tokens.map(({ text }) => fold(text));
    return (
      top(sql, tokens, words) ?? fetched(sql, tokens, words) ?? pair(sql, tokens, words) ?? sql
    );
  },
};

/** `select top 5 a from t` → `select a from t limit 5`, of the outermost SELECT only. */
function top(
  sql: string,
  tokens: readonly SqlToken[],
  words: readonly string[],
): string | undefined {
  const at = words[1] === 'distinct' ? 2 : 1;
  if (words[0] !== 'select' || words[at] !== 'top') return undefined;
  const bracketed = words[at + 1] === '(';
  const number = tokens[bracketed ? at + 2 : at + 1];
  const last = tokens[bracketed ? at + 3 : at + 1];
  const first = tokens[at];
  if (number?.kind !== 'number' || first === undefined || last === undefined) return undefined;
  if (words.includes('limit')) return undefined;
  const rest = sql.slice(last.start + last.text.length).trimStart();
  return `${sql.slice(0, first.start)}${rest} limit ${number.text}`;
}

/** `offset 10 rows fetch next 5 rows only` → `limit 5 offset 10` */
function fetched(
  sql: string,
  tokens: readonly SqlToken[],
  words: readonly string[],
): string | undefined {
  const at = words.lastIndexOf('fetch');
  if (at < 0 || !/^(?:first|next)$/.test(words[at + 1] ?? '')) return undefined;
  const count = tokens[at + 2];
  if (count?.kind !== 'number') return undefined;
  const skips = /^rows?$/.test(words[at - 1] ?? '') && words[at - 3] === 'offset';
  const start = tokens[skips ? at - 3 : at]?.start ?? sql.length;
  const offset = skips ? ` offset ${tokens[at - 2]?.text}` : '';
  return `${sql.slice(0, start).trimEnd()} limit ${count.text}${offset}`;
}

/** `limit 10, 5` → `limit 5 offset 10` */
function pair(
  sql: string,
  tokens: readonly SqlToken[],
  words: readonly string[],
): string | undefined {
  const at = words.lastIndexOf('limit');
  const [limit, skipped, comma, count] = tokens.slice(at);
  if (at < 0 || comma?.text !== ',' || count?.kind !== 'number' || skipped?.kind !== 'number') {
    return undefined;
  }
  const end = count.start + count.text.length;
  const start = limit?.start ?? 0;
  return `${sql.slice(0, start)}limit ${count.text} offset ${skipped.text}${sql.slice(end)}`;
}
