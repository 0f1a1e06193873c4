import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { openReadOnly } from '../database/open.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { type Expression, parseSelect, toSql } from './ast.ts';

const STATEMENTS = 300;
/** The parser knows no chains such as `a in (1) = b`, and no NOT behind a comparison. */
const LEAST_READ = 80;

const { file, remove } = temporaryDatabase(`
  create table t (a integer, b integer, c integer);
  insert into t select x.column1, y.column1, z.column1 from
    (values (0), (1), (2), (null)) x, (values (0), (1), (-3), (null)) y, (values (0), (1), (12)) z;`);
const database = openReadOnly(file);
afterAll(() => {
  database.close();
  remove();
});

const random = seededRandom(5);
const oneOf = <T>(options: readonly T[]): T => options[random.integer(options.length)] as T;

/** Operands and operators at random, with some brackets: what belongs together is SQLite's to say. */
function expression(depth: number): string {
  const parts = [...Array(1 + random.integer(4)).keys()].map(() => operand(depth));
  return parts.reduce((text, part) => `${text} ${oneOf(OPERATORS)} ${part}`);
}

const COMPARED = ['=', '==', '<>', '!=', '<', '<=', '>', '>='];
const OPERATORS = [
  ...['and', 'or', 'and', 'or', 'AND', 'OR', ...COMPARED],
  ...['+', '-', '*', '/', '%', '||', '&', '|', '<<', '>>'],
  ...['like', 'not like', 'is', 'is not'],
];

function operand(depth: number): string {
  const column = oneOf(['a', 'b', 'c', '1', '2']);
  const inner = depth > 0 ? `(${expression(depth - 1)})` : column;
  return oneOf([
    () => column,
    () => column,
    () => inner,
    () => `not ${inner}`,
    () => `not ${column}`,
    () => `- ${column}`,
    () => `${column} between ${oneOf(['b', '0'])} and ${oneOf(['c', '2', 'c * 2'])}`,
    () => `${column} not between 0 and b + 1`,
    () => `${column} ${oneOf(['in', 'not in'])} (1, c)`,
    () => `${column} ${oneOf(['is null', 'is not null'])}`,
    () => `(${column} ${oneOf(['isnull', 'notnull'])})`,
    () => `(${column} like '1%' escape '\\')`,
    () => `case when ${inner} or b = 1 and c then a else ${inner} end`,
  ])();
}

/** A tree with brackets around everything, so that no order among operators is needed. */
function bracketed(tree: Expression): string {
  switch (tree.type) {
    case 'column_ref':
      return tree.column;
    case 'binary_expr': {
      const { operator, left, right } = tree;
      const [low, high] = right.type === 'expr_list' ? right.value : [];
      if (/BETWEEN/i.test(operator) && low && high) {
        return `(${bracketed(left)} ${operator} ${bracketed(low)} and ${bracketed(high)})`;
      }
      return `(${bracketed(left)} ${operator} ${bracketed(right)})`;
    }
    case 'unary_expr':
      return `(${tree.operator} ${bracketed(tree.expr)})`;
    case 'expr_list':
      return `(${tree.value.map(bracketed).join(', ')})`;
    case 'single_quote_string':
      return `'${tree.value}'${tree.escape ? ` escape ${bracketed(tree.escape.value)}` : ''}`;
    case 'case': {
      const arms = tree.args.map((arm) =>
        arm.type === 'when'
          ? `when ${bracketed(arm.cond)} then ${bracketed(arm.result)}`
          : `else ${bracketed(arm.result)}`,
      );
      return `case ${arms.join(' ')} end`;
    }
    default:
      return toSql(tree);
  }
}

const results = (sql: string) => database.prepare(`select ${sql} as x from t`).all();

describe('the tree of a condition', () => {
  it('gives what SQLite gives, behind WHERE and in the list of columns', () => {
    let read = 0;
    for (let count = 0; count < STATEMENTS; count++) {
      const sql = expression(2);
      const shown = parseSelect(`select ${sql} as x from t`)?.columns[0]?.expr;
      const where = parseSelect(`select 1 from t where ${sql}`)?.where;
      if (shown) expect(results(bracketed(shown)), sql).toEqual(results(sql));
      if (where) {
        read++;
        expect(results(bracketed(where)), sql).toEqual(results(sql));
        expect(results(toSql(where)), sql).toEqual(results(sql));
      }
    }
    expect(read).toBeGreaterThan(LEAST_READ);
  });

  it.each([
    ['a = 1 or b = 2 and c = 3', '((a = 1) OR ((b = 2) AND (c = 3)))'],
    ['(a = 1 or b = 2) and c = 3', '(((a = 1) OR (b = 2)) AND (c = 3))'],
    ['not (a) = b', '(NOT (a = b))'],
    ['not (a + b) > 3 and c', '((NOT ((a + b) > 3)) AND c)'],
    ['not a = 1 or b and c', '((NOT (a = 1)) OR (b AND c))'],
    ['a is not (b) and c', '((a IS NOT b) AND c)'],
    ['a = b < c', '(a = (b < c))'],
    ['a & b + c', '(a & (b + c))'],
    ['a like b like c', '((a like b) like c)'],
    [
      'a between 1 and 2 or b is null and c in (1)',
      '((a BETWEEN 1 and 2) OR ((b IS NULL) AND (c IN (1))))',
    ],
  ])('%s', (sql, expected) => {
    const where = parseSelect(`select 1 from t where ${sql}`)?.where;
    expect(where && bracketed(where).toLowerCase()).toBe(expected.toLowerCase());
  });
});
