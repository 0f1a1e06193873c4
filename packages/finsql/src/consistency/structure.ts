/**
 * What a statement asks for, apart from how it is written: FinSQL (Zhang et al. 2024, §4.3) puts
 * candidates in one cluster when these agree: set of tables, set of selected columns, set of
 * conditions (ON and WHERE), of groups, of HAVING conditions, ORDER BY with LIMIT.
 * Aliases are resolved, so that `a.name` and `fund.name` are the same column.
 */
import { type Expression, type From, parseSelect, type Select, toSql } from '../explain/ast.ts';
import { tokenizeSql } from '../sql/tokenize.ts';

/** A text that two statements of one structure share. What the parser does not know is compared by its tokens. */
export function structureOf(sql: string): string {
  const tree = parseSelect(sql);
  return tree === undefined
    ? tokenizeSql(sql)
        .map(({ kind, text }) => (kind === 'string' ? text : text.toLowerCase()))
        .join(' ')
    : JSON.stringify(clauses(tree, new Map()));
}

/** Handle → table, of a SELECT and those around it. */
type Handles = ReadonlyMap<string, string>;

function clauses(tree: Select, around: Handles): unknown {
  const from = tree.from ?? [];
  const handles = new Map(around);
  for (const { table, as } of from) {
    if (table !== undefined) handles.set((as ?? table).toLowerCase(), table.toLowerCase());
  }
  const own = from.length === 1 ? from[0]?.table?.toLowerCase() : undefined;
  const text = (expression: Expression): string => written(expression, handles, own);
  const conditions = [
    ...from.flatMap((source) => (saysMore(source) ? [] : conditionsOf(source, text))),
    ...(tree.where === null ? [] : conjuncts(tree.where).map(text)),
  ];
  return {
    tables: sorted(from.map((source) => tableOf(source, handles))),
    select: sorted(tree.columns.map(({ expr }) => text(expr))),
    distinct: Boolean(tree.distinct),
    conditions: sorted(conditions),
    joins: from
      .filter(saysMore)
      .map((source) => [source.join, tableOf(source, handles), sorted(conditionsOf(source, text))]),
    groups: sorted((tree.groupby?.columns ?? []).map(text)),
    having: sorted(tree.having === null ? [] : conjuncts(tree.having).map(text)),
    order: (tree.orderby ?? []).map(({ expr, type }) => `${text(expr)} ${type ?? 'ASC'}`),
    limit: tree.limit?.value.map(({ value }) => value) ?? [],
    next: tree._next === undefined ? null : [tree.set_op, clauses(tree._next, around)],
  };
}

function tableOf(source: From, handles: Handles): string {
  if (source.table !== undefined) return source.table.toLowerCase();
  const { expr } = source;
  return JSON.stringify(expr?.ast === undefined ? (expr ?? '') : clauses(expr.ast, handles));
}

/** Whether a join keeps rows that its conditions do not, or has conditions that are not written. */
function saysMore({ join }: From): boolean {
  return /LEFT|RIGHT|FULL|NATURAL/.test(join ?? '');
}

function conditionsOf({ on, using }: From, text: (condition: Expression) => string): string[] {
  const shared = (using ?? []).map(({ value }) => `using ${value.toLowerCase()}`);
  return [...(on ? conjuncts(on).map(text) : []), ...shared];
}

/** The parts that AND joins. */
function conjuncts(expression: Expression): Expression[] {
  return expression.type === 'binary_expr' && expression.operator === 'AND'
    ? [...conjuncts(expression.left), ...conjuncts(expression.right)]
    : [expression];
}

/** An expression with resolved names; an equation with its sides in order. */
function written(expression: Expression, handles: Handles, own: string | undefined): string {
  const resolved = resolve(expression, handles, own) as Expression;
  if (resolved.type === 'binary_expr' && resolved.operator === '=') {
    return sorted([toSql(resolved.left), toSql(resolved.right)]).join(' = ');
  }
  return toSql(resolved);
}

/** A copy in which each column names its table; subqueries become their own structure. */
function resolve(node: unknown, handles: Handles, own: string | undefined): unknown {
  if (Array.isArray(node)) return node.map((item) => resolve(item, handles, own));
  if (typeof node !== 'object' || node === null) return node;
  const { type, table, column, ast } = node as Record<string, unknown>;
  if (ast !== undefined) {
    return { type: 'single_quote_string', value: JSON.stringify(clauses(ast as Select, handles)) };
  }
  if (type === 'column_ref' && typeof column === 'string') {
    const handle = typeof table === 'string' ? table.toLowerCase() : undefined;
    const named = handle === undefined ? (own ?? null) : (handles.get(handle) ?? handle);
    return { ...node, table: named, column: column.toLowerCase() };
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, resolve(value, handles, own)]),
  );
}

const sorted = (texts: readonly string[]): string[] => [...texts].sort();
