/** Queries within expressions, and what they read. */
import type { Expression, InnerQuery } from './ast.ts';

/** The query of `in (select …)`. */
export function innerQueryOf(expression: Expression): InnerQuery | undefined {
  if (expression.type === undefined) return expression;
  const [only] = expression.type === 'expr_list' ? expression.value : [];
  return only?.type === undefined ? only : undefined;
}

/** The tables that a query reads, in FROMs of its own, of those that UNION adds and of those within. */
export function tablesOf({ ast }: InnerQuery): string[] {
  const own = (ast.from ?? []).flatMap(({ table, expr }) => {
    const inner = expr?.ast === undefined ? [] : tablesOf({ ast: expr.ast });
    return table === undefined ? inner : [table];
  });
  const others = ast._next === undefined ? [] : tablesOf({ ast: ast._next });
  return [...new Set([...own, ...others])];
}
