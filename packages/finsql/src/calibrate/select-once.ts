import { fold } from '../schema/schema.ts';
import { textOf } from '../sql/edit.ts';
import { selectList } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

export const selectOnce: Rule = {
  name: 'select-once',
  summary: 'What the select list names twice is selected once.',
  when: 'always',
  apply(sql) {
    const tokens = tokenizeSql(sql);
    const list = selectList(tokens);
    // A part of a compound has to have as many columns as the others.
    if (list === undefined || tokens.some(({ text }) => COMPOUND.test(text))) return sql;
    if (namesPlaces(tokens)) return sql;
    const written = list.items.map((item) => textOf(sql, item));
    const kept = written.filter((text, at) => written.findIndex((one) => same(one, text)) === at);
    const [first] = list.items[0] ?? [];
    const last = list.items.at(-1)?.at(-1);
    if (kept.length === written.length || first === undefined || last === undefined) return sql;
    return sql.slice(0, first.start) + kept.join(', ') + sql.slice(last.start + last.text.length);
  },
};

const COMPOUND = /^(?:union|intersect|except)$/i;

/** Whether something behind the list is ordered or grouped by its place in it: `order by 3`, `group by 1, 2`. */
function namesPlaces(tokens: readonly SqlToken[]): boolean {
  const by = tokens.findIndex(({ text }) => fold(text) === 'by');
  return tokens.some(({ kind }, at) => {
    const before = fold(tokens[at - 1]?.text ?? '');
    return by >= 0 && at > by && kind === 'number' && (before === 'by' || before === ',');
  });
}

/** Token by token: names in any case, texts letter for letter. */
function same(one: string, other: string): boolean {
  const [tokens, others] = [tokenizeSql(one), tokenizeSql(other)];
  return (
    tokens.length === others.length &&
    tokens.every(({ kind, text }, at) => {
      const beside = others[at]?.text ?? '';
      return text === beside || (kind !== 'string' && fold(text) === fold(beside));
    })
  );
}
