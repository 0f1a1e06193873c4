/** Expressions in words: `count(*)` → the number of rows, `a.x > 3` → x is more than 3. */
import { type Expression, type From, type Select, toSql } from './ast.ts';

export interface Naming {
  /** How a column is called: with its table's name where several tables are read. */
  column(table: string | null, column: string): string;
}

const AGGREGATES: Readonly<Record<string, string>> = {
  SUM: 'the total of',
  AVG: 'the average of',
  MIN: 'the lowest',
  MAX: 'the highest',
  COUNT: 'the number of',
  GROUP_CONCAT: 'the list of',
};

const COMPARISONS: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'is not',
  '<>': 'is not',
  '>': 'is more than',
  '>=': 'is at least',
  '<': 'is less than',
  '<=': 'is at most',
  LIKE: 'matches the pattern',
  'NOT LIKE': 'does not match the pattern',
  IS: 'is',
  'IS NOT': 'is not',
};

const DATE_PARTS: Readonly<Record<string, string>> = { '%Y': 'year', '%m': 'month', '%d': 'day' };

/** Names for the columns of a SELECT: bare where it reads one table. */
export function namingOf(from: readonly From[] | null): Naming {
  const tables = new Map(
    (from ?? []).map((entry) => [entry.as ?? entry.table ?? '', entry.table ?? entry.as ?? '']),
  );
  return {
    column: (table, column) =>
      table === null || tables.size <= 1 ? column : `${tables.get(table) ?? table}.${column}`,
  };
}

/** A value in words. */
export function valuePhrase(expression: Expression, naming: Naming): string {
  switch (expression.type) {
    case 'column_ref':
      return expression.column === '*'
        ? 'all columns'
        : naming.column(expression.table, expression.column);
    case 'number':
      return String(expression.value);
    case 'string':
    case 'single_quote_string':
      return `'${expression.value}'`;
    case 'null':
      return 'missing';
    case 'aggr_func': {
      if (expression.over) return toSql(expression);
      const { expr, distinct } = expression.args;
      const name = expression.name.toUpperCase();
      if (name === 'COUNT' && expr.type === 'star') return 'the number of rows';
      const words = AGGREGATES[name];
      if (words === undefined) return toSql(expression);
      return `${words} ${distinct ? 'different ' : ''}${valuePhrase(expr, naming)}`;
    }
    case 'function':
      return functionPhrase(expression, naming);
    case 'binary_expr':
      return /^[-+*/%|]+$/.test(expression.operator)
        ? `${valuePhrase(expression.left, naming)} ${expression.operator} ${valuePhrase(expression.right, naming)}`
        : conditionPhrase(expression, naming);
    case 'cast':
      return valuePhrase(expression.expr, naming);
    default:
      return toSql(expression);
  }
}

function functionPhrase(
  expression: Extract<Expression, { type: 'function' }>,
  naming: Naming,
): string {
  const name = expression.name.name.map(({ value }) => value).join('.');
  const args = expression.args?.value ?? [];
  const [first, second] = args;
  if (name.toLowerCase() === 'strftime' && first?.type === 'single_quote_string' && second) {
    const part = DATE_PARTS[first.value];
    if (part !== undefined) return `the ${part} of ${valuePhrase(second, naming)}`;
  }
  if (/^date(?:time)?$/i.test(name) && first?.type === 'single_quote_string') {
    const rest = args.slice(1).map((arg) => valuePhrase(arg, naming));
    if (first.value === 'now') return ['today', ...rest].join(' ');
  }
  return `${name}(${args.map((arg) => valuePhrase(arg as Expression, naming)).join(', ')})`;
}

/** A condition in words. */
export function conditionPhrase(expression: Expression, naming: Naming): string {
  if (expression.type !== 'binary_expr') {
    return expression.type === 'unary_expr' && expression.operator === 'NOT'
      ? `it is not so that ${conditionPhrase(expression.expr, naming)}`
      : toSql(expression);
  }
  const { operator, left, right } = expression;
  const op = operator.toUpperCase();
  if (op === 'AND' || op === 'OR') {
    const sides = [left, right].map((side) => {
      const text = conditionPhrase(side, naming);
      return op === 'AND' && side.type === 'binary_expr' && side.operator.toUpperCase() === 'OR'
        ? `(${text})`
        : text;
    });
    return sides.join(op === 'AND' ? ' and ' : ' or ');
  }
  const subject = valuePhrase(left, naming);
  if (op === 'BETWEEN' || op === 'NOT BETWEEN') {
    const [low, high] = listOf(right, naming);
    return `${subject} is ${op === 'BETWEEN' ? '' : 'not '}between ${low} and ${high}`;
  }
  if (op === 'IN' || op === 'NOT IN') {
    return `${subject} is ${op === 'IN' ? '' : 'not '}among ${listOf(right, naming).join(', ')}`;
  }
  const words = COMPARISONS[op];
  return words === undefined
    ? toSql(expression)
    : `${subject} ${words} ${valuePhrase(right, naming)}`;
}

function listOf(expression: Expression, naming: Naming): string[] {
  if (expression.type !== 'expr_list') return [valuePhrase(expression, naming)];
  return expression.value.map((entry) =>
    'ast' in entry
      ? `the results of another query${readsPhrase(entry.ast)}`
      : valuePhrase(entry, naming),
  );
}

function readsPhrase(select: Select): string {
  const tables = (select.from ?? []).flatMap(({ table }) => (table === undefined ? [] : [table]));
  return tables.length === 0 ? '' : ` (over ${tables.join(', ')})`;
}
