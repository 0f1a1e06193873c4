/** Expressions in the words of a language: `count(*)` → the number of rows, `a.x > 3` → x is more than 3. */
import type { Comparison, StatementWords } from '../wording/wording.ts';
import { type Collate, type Expression, type InnerQuery, toSql } from './ast.ts';
import { type Cases, casesOf, conditionalOf } from './cases.ts';
import { castOf } from './casts.ts';
import { codeIn } from './codes.ts';
import { datePartOf, leadingPartOf, quarterOf, storedDay } from './date-expressions.ts';
import { existsQueryOf, innerQueryOf } from './inner-queries.ts';
import type { Naming } from './naming.ts';
import { aggregateOver, callOver } from './windows.ts';

/** How expressions of one SELECT are said. */
export interface Phrasing {
  readonly words: StatementWords;
  readonly naming: Naming;
  /** What a query within an expression is called, which is told by itself; `''` where it is the only one. */
  queryName(query: InnerQuery): string;
  /** Whether a column holds days without gaps, 20240315. */
  isCompactDay(column: Extract<Expression, { type: 'column_ref' }>): boolean;
  /** What a code means that a column holds; undefined where its comment does not tell. */
  meaningOf(column: Extract<Expression, { type: 'column_ref' }>, code: string): string | undefined;
}

/** Comparisons by their signs; `is` compares as `=` does. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '==': '=',
  IS: '=',
  '!=': '!=',
  '<>': '!=',
  'IS NOT': '!=',
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
};

const ARITHMETIC = /^(?:[-+*/%&|~]|\|\||<<|>>|->>?)$/;

/** A value in words. */
export function valuePhrase(expression: Expression, phrasing: Phrasing): string {
  const { words, naming } = phrasing;
  const day = storedDay(expression);
  if (day !== undefined) return valuePhrase(day, phrasing);
  const quarter = quarterOf(expression);
  if (quarter !== undefined) return words.dateParts.quarter(valuePhrase(quarter, phrasing));
  const taken = datePartOf(expression) ?? leadingPartOf(expression, phrasing.isCompactDay);
  if (taken !== undefined) return words.dateParts[taken.part](valuePhrase(taken.day, phrasing));
  const cases = casesOf(expression);
  if (cases !== undefined) return casesPhrase(cases, phrasing);
  switch (expression.type) {
    case 'column_ref':
      return expression.column === '*'
        ? words.allColumns(naming.table(expression.table))
        : collated(
            naming.column(expression.table, expression.column),
            expression.collate,
            phrasing,
          );
    case 'number':
      return String(expression.value);
    case 'string':
    case 'single_quote_string':
      return collated(`'${expression.value}'`, expression.suffix?.collate, phrasing);
    case 'null':
      return words.missing;
    case 'aggr_func':
      return aggregatePhrase(expression, phrasing);
    case 'function':
      return existsQueryOf(expression)
        ? conditionPhrase(expression, phrasing)
        : functionPhrase(expression, phrasing);
    case 'binary_expr':
      return ARITHMETIC.test(expression.operator)
        ? `${operandPhrase(expression.left, phrasing)} ${expression.operator} ${operandPhrase(expression.right, phrasing)}`
        : conditionPhrase(expression, phrasing);
    case 'unary_expr':
      return isCondition(expression)
        ? conditionPhrase(expression, phrasing)
        : `${expression.operator}${operandPhrase(expression.expr, phrasing)}`;
    case 'cast': {
      const kind = castOf(expression);
      return kind === undefined
        ? valuePhrase(expression.expr, phrasing)
        : words.casts[kind](castedPhrase(expression.expr, phrasing));
    }
    case undefined:
      return words.resultOf(phrasing.queryName(expression));
    default:
      return asWritten(expression, words);
  }
}

/** A value with what its text is compared by, where it says so. */
function collated(
  phrase: string,
  collate: Collate | null | undefined,
  { words }: Phrasing,
): string {
  return collate ? words.collated(phrase, collate.collate.name.toUpperCase()) : phrase;
}

/** A value within arithmetic: `(the total of x) / y`, since the total of x / y is another. */
function operandPhrase(operand: Expression, phrasing: Phrasing): string {
  if (operand.type === 'cast' && castOf(operand) === undefined) {
    return operandPhrase(operand.expr, phrasing);
  }
  const phrase = valuePhrase(operand, phrasing);
  const isGroup =
    (operand.type === 'binary_expr' && operand.parentheses === true) || isCondition(operand);
  const isInWords =
    leadingPartOf(operand, phrasing.isCompactDay) !== undefined ||
    quarterOf(operand) !== undefined ||
    operand.type === undefined ||
    operand.type === 'aggr_func' ||
    operand.type === 'cast' ||
    (operand.type === 'function' && (Boolean(operand.over) || !phrase.endsWith(')')));
  return isGroup || isInWords ? phrasing.words.together(phrase) : phrase;
}

/** What is cast: `(x / 3) cut to a whole number`, since x / (3 cut to one) is another. */
function castedPhrase(operand: Expression, phrasing: Phrasing): string {
  return operand.type === 'binary_expr'
    ? phrasing.words.together(valuePhrase(operand, phrasing))
    : operandPhrase(operand, phrasing);
}

function aggregatePhrase(
  expression: Extract<Expression, { type: 'aggr_func' }>,
  phrasing: Phrasing,
): string {
  const { words } = phrasing;
  const { expr, distinct } = expression.args;
  const name = expression.name.toUpperCase();
  if (expression.over) {
    const value = comparedPhrase({ ...expression, over: null }, phrasing);
    return aggregateOver(value, expression.over, words.windows, (part) =>
      valuePhrase(part, phrasing),
    );
  }
  if (name === 'COUNT' && expr.type === 'star') return words.rowCount;
  if (!isKeyOf(words.aggregates, name)) return asWritten(expression, words);
  const of = (argument: Expression) => {
    const value = comparedPhrase(argument, phrasing);
    return words.aggregates[name](distinct ? words.different(value) : value);
  };
  if (isCondition(expr) && !distinct) {
    const condition = wholeCondition(expr, phrasing);
    if (name === 'SUM') return words.rowsWhere(condition);
    if (name === 'AVG') return words.shareWhere(condition);
    if (name === 'COUNT') return words.rowsKnown(condition);
  }
  const rows = conditionalOf(name, expr);
  if (rows === undefined || (distinct && rows.value === 'one')) return of(expr);
  const condition = wholeCondition(rows.condition, phrasing);
  if (rows.value === 'share') return words.shareWhere(condition);
  return rows.value === 'one'
    ? words.rowsWhere(condition)
    : words.onlyWhere(of(rows.value), condition);
}

/** `'x' where a is b, otherwise c`, in parentheses. */
function casesPhrase({ arms, otherwise }: Cases, phrasing: Phrasing): string {
  const { words } = phrasing;
  const said = arms.map(({ condition, value }) => ({
    condition: conditionPhrase(condition, phrasing),
    value: comparedPhrase(value, phrasing),
  }));
  return words.together(words.inCases(said, comparedPhrase(otherwise, phrasing)));
}

/** A condition within a value: `the number of rows where (a or b)`. */
function wholeCondition(condition: Expression, phrasing: Phrasing): string {
  const phrase = conditionPhrase(condition, phrasing);
  const isJoined = condition.type === 'binary_expr' && /^(?:AND|OR)$/i.test(condition.operator);
  return isJoined ? phrasing.words.together(phrase) : phrase;
}

function functionPhrase(
  expression: Extract<Expression, { type: 'function' }>,
  phrasing: Phrasing,
): string {
  const { words } = phrasing;
  const name = expression.name.name.map(({ value }) => value).join('.');
  const args = expression.args?.value ?? [];
  const [first] = args;
  const said = args.map((arg) => valuePhrase(arg, phrasing));
  if (expression.over) {
    return callOver(name, said, expression.over, words.windows, (value) =>
      valuePhrase(value, phrasing),
    );
  }
  const isNow = first?.type === 'single_quote_string' && first.value === 'now';
  if (/^date$/i.test(name) && isNow) return words.today(said.slice(1));
  if (/^datetime$/i.test(name) && isNow && said.length === 1) return words.now;
  return `${name}(${said.join(', ')})`;
}

/** A condition in words. */
export function conditionPhrase(expression: Expression, phrasing: Phrasing): string {
  const { words } = phrasing;
  if (expression.type === 'function') return functionCondition(expression, phrasing);
  if (expression.type === 'unary_expr') return unaryCondition(expression, phrasing);
  if (expression.type !== 'binary_expr') return valuePhrase(expression, phrasing);
  const { operator, left, right } = expression;
  const op = operator.toUpperCase();
  if (op === 'AND' || op === 'OR') {
    const [first, second] = [left, right].map((side) => sideOf(op, side, phrasing));
    return words[op === 'AND' ? 'both' : 'either'](first ?? '', second ?? '');
  }
  const subject = comparedPhrase(left, phrasing);
  const not = /\bNOT\b/.test(op);
  switch (op.replace(/\bNOT /, '')) {
    case 'BETWEEN': {
      const [low = '', high = ''] = listOf(right, phrasing);
      return words.isBetween(subject, low, high, not);
    }
    case 'IN': {
      const query = innerQueryOf(right);
      if (query === undefined) return amongPhrase(subject, expression, not, phrasing);
      return words.isAmongResults(subject, phrasing.queryName(query), not);
    }
    case 'LIKE':
      return words.isLike(subject, patternPhrase(right, phrasing), not);
  }
  const comparison = COMPARISONS[op];
  if (comparison === undefined) return asWritten(expression, words);
  if (right.type === 'null') {
    return /^IS\b/.test(op)
      ? words.isMissing(subject, comparison === '!=')
      : words.neverTrue(subject);
  }
  const value = comparedPhrase(right, phrasing);
  const isOne = comparison === '=' || comparison === '!=';
  return words.compares[comparison](
    subject,
    isOne ? codePhrase(left, right, value, phrasing) : value,
  );
}

/** A value that a column is compared with, with what it means where it is a code: `'2' (no-show)`. */
function codePhrase(
  column: Expression,
  value: Expression,
  phrase: string,
  { words, meaningOf }: Phrasing,
): string {
  const code = codeIn(value);
  if (column.type !== 'column_ref' || code === undefined) return phrase;
  const meaning = meaningOf(column, code);
  return meaning === undefined ? phrase : words.coded(phrase, meaning);
}

/** `x in ('A', 'B')`, codes with what they mean. NULL is like nothing: among others it finds none, and denied it leaves none. */
function amongPhrase(
  subject: string,
  { left, right }: Extract<Expression, { type: 'binary_expr' }>,
  not: boolean,
  phrasing: Phrasing,
): string {
  const { words } = phrasing;
  const entries = entriesOf(right);
  const known = entries.filter(({ type }) => type !== 'null');
  if (known.length < entries.length && (not || known.length === 0)) return words.neverTrue(subject);
  const values = known.map((entry) =>
    codePhrase(left, entry, valuePhrase(entry, phrasing), phrasing),
  );
  return words.isAmong(subject, values, not);
}

function functionCondition(
  expression: Extract<Expression, { type: 'function' }>,
  phrasing: Phrasing,
): string {
  const query = existsQueryOf(expression);
  return query === undefined
    ? valuePhrase(expression, phrasing)
    : phrasing.words.hasResults(phrasing.queryName(query), false);
}

function unaryCondition(
  expression: Extract<Expression, { type: 'unary_expr' }>,
  phrasing: Phrasing,
): string {
  const { words } = phrasing;
  const { operator, expr } = expression;
  if (operator === 'NOT') return words.not(conditionPhrase(expr, phrasing));
  const query = existsQueryOf(expression);
  return query === undefined
    ? asWritten(expression, words)
    : words.hasResults(phrasing.queryName(query), true);
}

/** Conditions that all hold: an OR among others in parentheses. */
export function joinedConditions(
  conditions: readonly Expression[],
  phrasing: Phrasing,
): readonly string[] {
  return conditions.length === 1
    ? conditions.map((condition) => conditionPhrase(condition, phrasing))
    : conditions.map((condition) => sideOf('AND', condition, phrasing));
}

/** A side of AND or OR: `(a or b) and c`. */
function sideOf(operator: 'AND' | 'OR', side: Expression, phrasing: Phrasing): string {
  const phrase = conditionPhrase(side, phrasing);
  const other = operator === 'AND' ? 'OR' : 'AND';
  const isMixed = side.type === 'binary_expr' && side.operator.toUpperCase() === other;
  return isMixed ? phrasing.words.together(phrase) : phrase;
}

/** A side of a comparison: `(a is b) is c`, `(the number of rows where a is b) is c`. */
function comparedPhrase(side: Expression, phrasing: Phrasing): string {
  const phrase = valuePhrase(side, phrasing);
  const hasCondition =
    isCondition(side) ||
    (side.type === 'aggr_func' && (isCondition(side.args.expr) || casesOf(side.args.expr)));
  return hasCondition ? phrasing.words.together(phrase) : phrase;
}

/** With another escape than its own signs, a pattern is no plain text between wild cards. */
function patternPhrase(pattern: Expression, phrasing: Phrasing): string {
  const phrase = valuePhrase(pattern, phrasing);
  const mark = 'escape' in pattern ? pattern.escape?.value : undefined;
  return mark === undefined ? phrase : `${phrase} ESCAPE ${valuePhrase(mark, phrasing)}`;
}

/** Whether a value is a condition: true, false or unknown. */
function isCondition(expression: Expression): boolean {
  if (expression.type === 'binary_expr') return !ARITHMETIC.test(expression.operator);
  if (expression.type === 'unary_expr') return /^NOT\b/.test(expression.operator);
  return expression.type === 'function' && existsQueryOf(expression) !== undefined;
}

function listOf(expression: Expression, phrasing: Phrasing): string[] {
  return entriesOf(expression).map((entry) => valuePhrase(entry, phrasing));
}

function entriesOf(expression: Expression): readonly Expression[] {
  return expression.type === 'expr_list' ? expression.value : [expression];
}

function asWritten(expression: Expression, words: StatementWords): string {
  return toSql(expression, words.expression);
}

function isKeyOf<Names extends object>(names: Names, name: string): name is keyof Names & string {
  return Object.hasOwn(names, name);
}
