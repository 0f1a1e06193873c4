/** Where a statement takes what a column stores for days: in comparisons, in an order, as the first or last. */
import { fold } from '../schema/schema.ts';
import { closingOf } from '../sql/parentheses.ts';
import type { StoredColumn } from '../sql/stored-columns.ts';
import type { SqlToken } from '../sql/tokenize.ts';
import { type DateForm, hasReadableDays } from './date-forms.ts';

export interface DatedColumn extends StoredColumn {
  readonly form: DateForm | undefined;
}

interface Statement {
  readonly tokens: readonly SqlToken[];
  readonly columns: readonly DatedColumn[];
}

/** Tokens from one to another, both included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A day or the beginning of one, as a text that days are compared with. */
const DAY = /^\d{4}-\d\d-\d\d$/;
const BEGINNING = /^\d{4}(?:-\d\d){0,2}-?$/;
const EQUATION = /^(?:=|==|!=|<>|is|in)$/;
const ORDERING = /^(?:[<>]=?|between)$/;
const TURNED = /^(?:=|==|!=|<>|[<>]=?)$/;
const ARITHMETIC = /^(?:[-+*/%]|\|\|)$/;
const ENDS_TERM = /^(?:,|\)|;|asc|desc|nulls|limit)?$/;

/**
 * `>= '2023-01-01'`, `between '2023-01' and …`, `like '2023-03%'`, `> date('now')`, `> another_day`,
 * `= (select max(day) …)`; the same of `max(column)`.
 */
export function isComparedWithDays(
  statement: Statement,
  dated: DatedColumn,
  form: DateForm,
): boolean {
  const { tokens } = statement;
  const extreme = extremeAround(tokens, dated);
  return [dated, ...(extreme === undefined ? [] : [extreme])].some((span) => {
    const before = wordAt(tokens, span.from - 1);
    const after = wordAt(tokens, span.to + 1);
    if (ARITHMETIC.test(before) || ARITHMETIC.test(after)) return false;
    const first = after === 'not' ? span.to + 2 : span.to + 1;
    const operator = wordAt(tokens, first);
    return (
      isDay(statement, operator, first + 1, form) ||
      (TURNED.test(before) && isDayBefore(statement, before, span.from - 2, form))
    );
  });
}

/** Whether rows are ordered by a text that does not sort as its days do. */
export function isOrdered({ tokens }: Statement, { from, to }: Span, { sorts }: DateForm): boolean {
  if (sorts || !ENDS_TERM.test(wordAt(tokens, to + 1))) return false;
  // Behind UNION only columns of the result can be ordered by.
  if (tokens.some((_, at) => /^(?:union|intersect|except)$/.test(wordAt(tokens, at)))) return false;
  if (!/^(?:by|,)$/.test(wordAt(tokens, from - 1))) return false;
  let depth = 0;
  for (let at = from - 1; at >= 0; at--) {
    const word = wordAt(tokens, at);
    if (word === ')') depth++;
    else if (word === '(' && --depth < 0) return false;
    else if (depth === 0 && word === 'by') return wordAt(tokens, at - 1) === 'order';
    else if (depth === 0 && /^(?:select|from|where|having)$/.test(word)) return false;
  }
  return false;
}

/** Whether the first or last of texts that do not sort as their days do is given, or compared with its column. */
export function isShownExtreme(
  { tokens, columns }: Statement,
  dated: DatedColumn,
  { sorts }: DateForm,
): boolean {
  const extreme = extremeAround(tokens, dated);
  if (sorts || extreme === undefined) return false;
  if (dated.isOuter) return true;
  const isAlone = wordAt(tokens, extreme.from - 1) === 'select';
  const operator = wordAt(tokens, extreme.from - 3);
  const compared = columns.find(({ to }) => to === extreme.from - 4);
  return isAlone && compared?.form !== undefined && isComparison(operator);
}

function isComparison(operator: string): boolean {
  return EQUATION.test(operator) || ORDERING.test(operator);
}

/** The call of `max(column)` or `min(column)`. */
function extremeAround(tokens: readonly SqlToken[], { from, to }: Span): Span | undefined {
  const isCall = /^(?:max|min)$/.test(wordAt(tokens, from - 2));
  const isWhole = wordAt(tokens, from - 1) === '(' && wordAt(tokens, to + 1) === ')';
  return isCall && isWhole ? { from: from - 2, to: to + 1 } : undefined;
}

/** Whether what stands from a token on, behind an operator, is a day. */
function isDay(statement: Statement, operator: string, at: number, form: DateForm): boolean {
  const { tokens, columns } = statement;
  const token = tokens[at];
  if (token?.kind === 'string') {
    return isDayText(operator, token.value) && !beginsAlike(form, token.value);
  }
  if (!isComparison(operator)) return false;
  if (wordAt(tokens, at) === '(') {
    const next = tokens[at + 1];
    if (operator === 'in' && next?.kind === 'string') return DAY.test(next.value);
    const isQuery = wordAt(tokens, at + 1) === 'select';
    return isQuery && isDayCall(statement, at + 2);
  }
  const other = columns.find(({ from }) => from === at);
  if (other === undefined) return isDayCall(statement, at);
  const isWhole = !ARITHMETIC.test(wordAt(tokens, other.to + 1));
  return isWhole && isOtherDay(operator, other, form);
}

/** The same of what ends at a token, before an operator. */
function isDayBefore(statement: Statement, operator: string, at: number, form: DateForm): boolean {
  const { tokens, columns } = statement;
  const token = tokens[at];
  if (token?.kind === 'string') return isDayText(operator, token.value);
  if (token?.text === ')') {
    const open = tokens.findIndex(({ text }, i) => text === '(' && closingOf(tokens, i) === at);
    return isDayCall(statement, open - 1);
  }
  const other = columns.find(({ to }) => to === at);
  if (other === undefined) return isToday(wordAt(tokens, at));
  return !ARITHMETIC.test(wordAt(tokens, other.from - 1)) && isOtherDay(operator, other, form);
}

/** `2024%` fits what begins with the year, whatever follows it. */
function beginsAlike({ yearFirst }: DateForm, value: string): boolean {
  return yearFirst && /^\d{4}%$/.test(value);
}

function isDayText(operator: string, value: string): boolean {
  if (operator === 'like') return value.endsWith('%') && BEGINNING.test(value.slice(0, -1));
  return EQUATION.test(operator)
    ? DAY.test(value)
    : ORDERING.test(operator) && BEGINNING.test(value);
}

/** `date(…)`, `strftime('%Y-%m', …)`, or the first or last of another column's days. */
function isDayCall({ tokens, columns }: Statement, at: number): boolean {
  const name = wordAt(tokens, at);
  if (isToday(name)) return true;
  if (wordAt(tokens, at + 1) !== '(') return false;
  if (name === 'strftime') return /^%Y(?:-%m(?:-%d)?)?$/.test(tokens[at + 2]?.value ?? '');
  if (/^(?:max|min)$/.test(name)) {
    const inside = columns.find(({ from }) => from === at + 2);
    const isRead = inside?.form !== undefined && !inside.form.sorts;
    return isRead && wordAt(tokens, inside.to + 1) === ')';
  }
  return /^(?:date|datetime)$/.test(name);
}

function isToday(word: string): boolean {
  return /^current_(?:date|timestamp)$/.test(word);
}

/** Whether two columns must be read to be compared: they write days in different forms, or in one that does not sort. */
function isOtherDay(
  operator: string,
  { column, form: other }: DatedColumn,
  form: DateForm,
): boolean {
  if (other === undefined) return hasReadableDays(column);
  return other !== form || (ORDERING.test(operator) && !form.sorts);
}

function wordAt(tokens: readonly SqlToken[], at: number): string {
  return fold(tokens[at]?.text ?? '');
}
