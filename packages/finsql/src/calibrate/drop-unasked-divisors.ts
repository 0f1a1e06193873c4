import { stem, words } from '../retrieval/words.ts';
import { textOf } from '../sql/edit.ts';
import { topLevel } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { type AskedColumn, askedColumns } from './asked-columns.ts';
import { columnStems } from './column-stems.ts';
import type { Rule } from './rule.ts';

/** Said of a figure that is one by another. */
const QUOTIENT =
  /\b(?:per|ratio|margin|rate|share|percent\w*|proportion|relative|divided|times|multiple|return|yield|turnover|efficien\w*|leverage|profitab\w*|weight|gr[oe]w\w*|growth|density|intensity|average|mean|each|every|apiece|(?:an?|by) (?:head|person|employee|worker)|compared|productiv\w*|roe|roa|p\/?e|valued?|cheap\w*|expensive)\b|[%％率比均每倍人占]|除以|平均|相对|收益|估值|增|速|周转|杠杆|回报|效|权重|密度|强度/i;

/** "Highest revenue" beside a known question about revenue by employee. */
export const dropUnaskedDivisors: Rule = {
  name: 'drop-unasked-divisors',
  summary:
    'Rows that are ordered by one column divided by another are ordered by the one that the question names, where no word of it stands for the other or for a quotient.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    if (question === '' || QUOTIENT.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    const order = topLevel(tokens, /^order$/);
    if (order === undefined) return sql;
    const end = topLevel(tokens, /^limit$/, order) ?? tokens.length;
    const term = tokens.slice(order + 2, end);
    const direction = /^(?:asc|desc)$/i.test(term.at(-1)?.text ?? '') ? term.slice(-1) : [];
    const body = term.slice(0, term.length - direction.length);
    const signs = body.filter(({ text }) => /^[-+*/(),]$/.test(text)).map(({ text }) => text);
    if (signs.join('') !== '/' && signs.join('') !== '*/') return sql;
    const sides = askedColumns(tokens, schema).filter(
      ({ at }) => at >= order + 2 && at < order + 2 + body.length,
    );
    const [kept, divisor, ...more] = sides;
    if (kept === undefined || divisor === undefined || more.length > 0) return sql;
    if (!isNamed(question, kept) || isNamed(question, divisor)) return sql;
    const [first, last] = [body[0], body.at(-1)];
    if (first === undefined || last === undefined) return sql;
    const from = tokens[kept.at - 1]?.text === '.' ? kept.at - 2 : kept.at;
    const text = textOf(sql, tokens.slice(from, kept.at + 1));
    return sql.slice(0, first.start) + text + sql.slice(last.start + last.text.length);
  },
};

function isNamed(question: string, { column }: AskedColumn): boolean {
  const said = new Set(words(question).map(stem));
  return columnStems(column).some((part) => part.length > 1 && said.has(part));
}
