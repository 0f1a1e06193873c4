import { fold } from '../schema/schema.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

/** Beside a lone max or min, SQLite takes bare columns from the row that has it, which is meant so. */
const FOLDS = /^(?:count|sum|avg|total|group_concat)$/;
const AGGREGATES = /^(?:count|sum|avg|total|group_concat|max|min)$/;
const BEHIND = /^(?:having|order|limit|union|intersect|except|window)$/;

export const groupSelected: Rule = {
  name: 'group-selected',
  summary: 'Columns selected beside a count, sum or average, with no GROUP BY, are grouped by.',
  when: 'always',
  apply(sql) {
    const tokens = tokenizeSql(sql);
    const words = tokens.map(({ text }) => fold(text));
    const from = topLevel(tokens, words, 'from');
    if (words[0] !== 'select' || from === undefined) return sql;
    // With a compound, a window or a nested query, too much could be meant.
    if (words.some((word) => /^(?:union|intersect|except|over|group|distinct)$/.test(word)))
      return sql;
    if (words.filter((word) => word === 'select').length > 1) return sql;
    const items = itemsOf(tokens, from);
    const folds = items.some((item) => item.some((token, at) => isCall(item, at, FOLDS, token)));
    const bare = items.filter(
      (item) => !item.some((token, at) => isCall(item, at, AGGREGATES, token)),
    );
    const columns = bare.map(columnOf);
    if (!folds || columns.length === 0 || columns.includes(undefined)) return sql;
    const end = tokens.find(
      (_, at) => at > from && BEHIND.test(words[at] ?? '') && isTop(tokens, at),
    );
    const by = ` group by ${columns.join(', ')}`;
    if (end === undefined) return sql.trimEnd() + by;
    return `${sql.slice(0, end.start).trimEnd()}${by} ${sql.slice(end.start)}`;
  },
};

function topLevel(
  tokens: readonly SqlToken[],
  words: readonly string[],
  word: string,
): number | undefined {
  const at = words.findIndex((text, index) => text === word && isTop(tokens, index));
  return at < 0 ? undefined : at;
}

function isTop(tokens: readonly SqlToken[], at: number): boolean {
  let depth = 0;
  for (const { text } of tokens.slice(0, at)) depth += text === '(' ? 1 : text === ')' ? -1 : 0;
  return depth === 0;
}

/** The items of the select list. */
function itemsOf(tokens: readonly SqlToken[], from: number): SqlToken[][] {
  const items: SqlToken[][] = [[]];
  for (let at = 1; at < from; at++) {
    const token = tokens[at] as SqlToken;
    if (token.text === ',' && isTop(tokens, at)) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}

function isCall(
  item: readonly SqlToken[],
  at: number,
  names: RegExp,
  { kind, text }: SqlToken,
): boolean {
  return kind === 'word' && names.test(fold(text)) && item[at + 1]?.text === '(';
}

/** A plain column, `name` or `t.name`, without its alias; undefined for anything else. */
function columnOf(item: readonly SqlToken[]): string | undefined {
  const qualified = item[1]?.text === '.';
  const name = item[qualified ? 2 : 0];
  const rest = item.slice(qualified ? 3 : 1);
  const aliased = rest.length === 0 || (rest.length === 2 && fold(rest[0]?.text ?? '') === 'as');
  if (!aliased || (name?.kind !== 'word' && name?.kind !== 'quoted')) return undefined;
  return qualified ? `${item[0]?.text}.${name.text}` : name.text;
}
