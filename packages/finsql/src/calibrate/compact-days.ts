import type { Column } from '../schema/schema.ts';
import { literal } from '../sql/literal.ts';
import { closingOf } from '../sql/parentheses.ts';
import { storedColumns } from '../sql/stored-columns.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { callsIn } from './calls.ts';
import { hasCompactDays } from './date-forms.ts';
import { isColumnName } from './plain-years.ts';
import type { Rule } from './rule.ts';

/** Characters of a statement and what stands in their place. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How the values of a column are stored: whole numbers, numbers with fractions, texts. */
type Storage = 'whole' | 'real' | 'text';

const DAY = /^\d{4}-\d\d-\d\d$/;
const BEGINNING = /^\d{4}(?:-\d\d){1,2}-?%$/;
const COMPARISON = /^(?:=|==|!=|<>|[<>]=?)$/;
const ARITHMETIC = /^(?:[-+*/%]|\|\|)$/;
/** What stands before and behind a term of a select list, of groups or of an order. */
const BEFORE_TERM = /^(?:select|distinct|by|,)$/i;
const BEHIND_TERM = /^(?:,|as|from|having|order|limit|asc|desc|;)?$/i;
/** By which a day is divided for its year, and for its year with the month. */
const DIVISORS: ReadonlyMap<string, number> = new Map([
  ["'%Y'", 10000],
  ["'%Y-%m'", 100],
]);

/** SQLite takes 20240315 for a day of the Julian calendar, and sorts it before every text. */
export const compactDays: Rule = {
  name: 'compact-days',
  summary:
    'What a column of days like 20240315 is compared with is written as the column writes it, and the years and months of a list are its leading digits.',
  when: 'always',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const listed: SqlToken[] = [];
    const replacements: Replacement[] = [];
    for (const { from, to, isOuter, column } of storedColumns(tokens, schema)) {
      const storage = hasCompactDays(column) ? storageOf(column) : undefined;
      if (storage === undefined) continue;
      for (const one of daysComparedWith(tokens, from, to)) {
        const text = one.value.replaceAll('-', '');
        const isText = storage === 'text' || text.endsWith('%');
        const end = one.start + one.text.length;
        replacements.push({ start: one.start, end, text: isText ? literal(text) : text });
      }
      const first = tokens[from];
      if (first && storage === 'whole' && isOuter) listed.push(first);
    }
    for (const { name, start, end, args } of callsIn(sql, tokens)) {
      const [format = '', column = '', ...more] = args;
      const divisor = DIVISORS.get(format);
      if (divisor === undefined || name !== 'strftime' || more.length > 0) continue;
      const isListed = listed.some((first) => first.start > start && first.start < end);
      if (!isListed || !isColumnName(column) || !isTerm(tokens, start, end)) continue;
      replacements.push({ start, end, text: `${column} / ${divisor}` });
    }
    return replacements
      .sort((a, b) => b.start - a.start)
      .reduce(
        (text, { start, end, text: own }) => text.slice(0, start) + own + text.slice(end),
        sql,
      );
  },
};

/** From the declared type (https://sqlite.org/datatype3.html §3.1); undefined where it leaves that open. */
function storageOf({ type }: Column): Storage | undefined {
  if (/int/i.test(type)) return 'whole';
  if (/char|clob|text/i.test(type)) return 'text';
  if (type === '' || /blob/i.test(type)) return undefined;
  return /real|floa|doub/i.test(type) ? 'real' : 'whole';
}

/** The texts of days that a column, from its first to its last token, is compared with. */
function daysComparedWith(tokens: readonly SqlToken[], from: number, to: number): SqlToken[] {
  const word = (at: number) => tokens[at]?.text.toLowerCase() ?? '';
  const isDay = (token: SqlToken | undefined): token is SqlToken =>
    token?.kind === 'string' && DAY.test(token.value);
  if (ARITHMETIC.test(word(from - 1))) return [];
  const operator = word(to + 1) === 'not' ? to + 2 : to + 1;
  const first = tokens[operator + 1];
  if (COMPARISON.test(word(operator))) return isDay(first) ? [first] : [];
  if (word(operator) === 'like')
    return first?.kind === 'string' && BEGINNING.test(first.value) ? [first] : [];
  if (word(operator) === 'between') {
    const last = word(operator + 2) === 'and' ? tokens[operator + 3] : undefined;
    return isDay(first) && isDay(last) ? [first, last] : [];
  }
  if (word(operator) !== 'in' || word(operator + 1) !== '(') return [];
  const listed = tokens
    .slice(operator + 2, closingOf(tokens, operator + 1))
    .filter(({ text }) => text !== ',');
  return listed.every(isDay) ? listed : [];
}

/** Whether a call, given by its offsets, is a term of its own. */
function isTerm(tokens: readonly SqlToken[], start: number, end: number): boolean {
  const before = tokens.findLast((token) => token.start < start);
  const behind = tokens.find((token) => token.start >= end);
  return BEFORE_TERM.test(before?.text ?? '') && BEHIND_TERM.test(behind?.text ?? '');
}
