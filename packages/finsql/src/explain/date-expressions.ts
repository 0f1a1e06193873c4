/** What statements write out for want of a function: the day that a text holds in another order, the quarter of a day. */
import type { DatePart } from '../wording/wording.ts';
import { type Expression, toSql } from './ast.ts';

type Reference = Extract<Expression, { type: 'column_ref' }>;

const PARTS: Readonly<Record<string, DatePart>> = { '%Y': 'year', '%m': 'month', '%d': 'day' };

/** What `strftime('%Y', x, …)` takes of which day; undefined for anything else. */
export function datePartOf(
  expression: Expression,
): { readonly part: DatePart; readonly day: Expression } | undefined {
  if (!isCall(expression, 'strftime')) return undefined;
  const [format, time, ...modifiers] = argumentsOf(expression);
  const isWritten = format?.type === 'single_quote_string' || format?.type === 'string';
  const part = isWritten ? PARTS[format.value] : undefined;
  return part && time && { part, day: shifted(time, modifiers) };
}

const DIVISORS: readonly (readonly [DatePart, number])[] = [
  ['year', 10000],
  ['year and month', 100],
];

/** What `x / 10000` or `x / 100` takes of a column of days like 20240315; undefined for anything else. */
export function leadingPartOf(
  expression: Expression,
  isCompactDay: (column: Reference) => boolean,
): { readonly part: DatePart; readonly day: Reference } | undefined {
  if (expression.type !== 'binary_expr' || expression.operator !== '/') return undefined;
  const { left, right } = expression;
  const part = DIVISORS.find(([, divisor]) => isNumber(right, divisor))?.[0];
  if (part === undefined || left.type !== 'column_ref' || !isCompactDay(left)) return undefined;
  return { part, day: left };
}

/** The day of a time with modifiers: `date('now', '-1 year')`. */
function shifted(time: Expression, modifiers: readonly Expression[]): Expression {
  if (modifiers.length === 0 && !isText(time, 'now')) return instant(time);
  const value = [time, ...modifiers];
  return { type: 'function', name: { name: [{ value: 'date' }] }, args: { value } };
}

/**
 * The column of `date(x, 'unixepoch')`, or of `substr(x, 7, 4) || '-' || substr(x, 1, 2) || '-' || substr(x, 4, 2)`;
 * undefined for anything else.
 */
export function storedDay(expression: Expression): Expression | undefined {
  if (isCall(expression, 'date')) {
    const [time, modifier, ...more] = argumentsOf(expression);
    return time && isText(modifier, 'unixepoch') && more.length === 0 ? instant(time) : undefined;
  }
  if (expression.type === 'case') return printedDay(expression);
  const [year, gap, month, sameGap, day, ...more] = joined(expression);
  if (!isText(gap, '-') || !isText(sameGap, '-') || more.length > 0) return undefined;
  const parts = [year, month, day].map((part) => (part ? argumentsOf(part) : []));
  const columns = parts.map(([column]) => column && toSql(column, ''));
  const areParts = [year, month, day].every((part) => part && isCall(part, 'substr'));
  const isOne = columns.every((column) => column !== undefined && column === columns[0]);
  const isLong = parts.every(([, , length], i) => length && isNumber(length, i === 0 ? 4 : 2));
  return areParts && isOne && isLong ? parts[0]?.[0] : undefined;
}

/** The column of `case when x is not null then printf('%04d-%02d-%02d', …) end`. */
function printedDay({ args }: Extract<Expression, { type: 'case' }>): Expression | undefined {
  const [only, ...more] = args;
  if (only?.type !== 'when' || more.length > 0 || !isCall(only.result, 'printf')) return undefined;
  const [format, ...parts] = argumentsOf(only.result);
  const { cond } = only;
  if (cond.type !== 'binary_expr' || cond.operator.toUpperCase() !== 'IS NOT') return undefined;
  const name = toSql(cond.left, '');
  const isRead = parts.length === 3 && parts.every((part) => toSql(part, '').includes(name));
  const isDay = cond.right.type === 'null' && isText(format, '%04d-%02d-%02d');
  return isDay && isRead ? cond.left : undefined;
}

/** The x of a time: `x` in seconds, `x / 1000` in milliseconds. */
function instant(time: Expression): Expression {
  const isScaled = time.type === 'binary_expr' && time.operator === '/';
  return isScaled && isNumber(time.right, 1000) ? time.left : time;
}

/** The day of `round(strftime('%m', x) / 3.0 + 0.495)` or `(strftime('%m', x) + 2) / 3`; undefined for anything else. */
export function quarterOf(expression: Expression): Expression | undefined {
  if (isCall(expression, 'round')) {
    const [sum, ...more] = argumentsOf(expression);
    if (sum === undefined || more.length > 0) return undefined;
    const third = sum.type === 'binary_expr' && isPlus(sum, 0.495) ? sum.left : undefined;
    return third && isOver3(third, 'real') ? monthOf(third.left) : undefined;
  }
  if (!isOver3(expression, 'integer')) return undefined;
  const { left } = expression;
  return left.type === 'binary_expr' && isPlus(left, 2) ? monthOf(left.left) : undefined;
}

type Binary = Extract<Expression, { type: 'binary_expr' }>;

function isPlus({ operator, right }: Binary, value: number): boolean {
  return operator === '+' && isNumber(right, value);
}

/** `x / 3`, cut to a whole number, or `x / 3.0`. */
function isOver3(expression: Expression, kind: 'integer' | 'real'): expression is Binary {
  if (expression.type !== 'binary_expr' || expression.operator !== '/') return false;
  const { right } = expression;
  const isReal = right.type === 'number' && String(right.value).includes('.');
  return isNumber(right, 3) && isReal === (kind === 'real');
}

function monthOf(expression: Expression): Expression | undefined {
  const found = datePartOf(expression);
  return found?.part === 'month' ? found.day : undefined;
}

/** The operands of `a || b || c`. */
function joined(expression: Expression): Expression[] {
  return expression.type === 'binary_expr' && expression.operator === '||'
    ? [...joined(expression.left), expression.right]
    : [expression];
}

function isCall(
  expression: Expression,
  wanted: string,
): expression is Extract<Expression, { type: 'function' }> {
  if (expression.type !== 'function') return false;
  const [name, ...more] = expression.name.name;
  return more.length === 0 && name?.value.toLowerCase() === wanted;
}

function argumentsOf(expression: Expression): readonly Expression[] {
  return expression.type === 'function' ? (expression.args?.value ?? []) : [];
}

/** The parser leaves decimals as they are written. */
function isNumber(expression: Expression, value: number): boolean {
  return expression.type === 'number' && Number(expression.value) === value;
}

function isText(expression: Expression | undefined, text: string): boolean {
  return (
    (expression?.type === 'single_quote_string' || expression?.type === 'string') &&
    expression.value === text
  );
}
