/** The parser's tree of a statement as SQLite reads it: how conditions group, what a join is, what aggregates. */
import type { Expression } from './ast.ts';
import { asWrittenInSql, DISTINCT } from './parser-spelling.ts';
import { isChain, regrouped } from './sqlite-precedence.ts';

/** The parser takes `sum(x > 1)` for the call of some function. */
const AGGREGATES = /^(?:sum|avg|min|max)$/i;

/**
 * A copy of a tree.
 * @param joins what each JOIN of the statement was, in the order in which they are written
 */
export function asSqliteReads<Tree>(tree: Tree, joins: readonly string[]): Tree {
  const left = [...joins];
  const read = (node: unknown): unknown => {
    if (typeof node === 'string') return asWrittenInSql(node);
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map(read);
    const expression = node as Expression;
    if (isChain(expression)) return regrouped(expression, (part) => read(part) as Expression);
    const join = 'join' in node && typeof node.join === 'string' ? left.shift() : undefined;
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, read(value)]));
    return join === undefined ? aggregated(copy as Expression) : { ...copy, join };
  };
  return read(tree) as Tree;
}

function aggregated(expression: Expression): Expression {
  if (expression.type !== 'function') return expression;
  const [name, ...path] = expression.name.name;
  const args = expression.args?.value ?? [];
  const [mark] = args;
  const distinct = mark?.type === 'single_quote_string' && mark.value === DISTINCT;
  const [only, ...others] = distinct ? args.slice(1) : args;
  const isAggregate = only !== undefined && AGGREGATES.test(name?.value ?? '');
  if (!isAggregate || path.length + others.length > 0) return expression;
  const { over = null } = expression;
  return {
    type: 'aggr_func',
    name: name?.value.toUpperCase() ?? '',
    args: { expr: only, ...(distinct && { distinct: 'DISTINCT' }) },
    over,
  };
}
