/** Queries within a query, which are told before it, each in a sentence of its own. */
import { fold } from '../schema/schema.ts';
import type { SetOperation } from '../wording/wording.ts';
import type { Expression, From, InnerQuery, Part, Select } from './ast.ts';

/** A query within another one, as it is told. */
export interface WithinQuery {
  /** How WITH or FROM calls it; undefined for one within an expression, `''` for one that FROM does not name. */
  readonly name?: string;
  readonly select: Select;
  /** What the queries around it read, from the inside out: its conditions may name their columns. */
  readonly outer: readonly From[];
  /** Whether it is asked only whether it gives rows, as EXISTS does. */
  readonly forRows?: boolean;
}

/** The query of `in (select …)`. */
export function innerQueryOf(expression: Expression): InnerQuery | undefined {
  if (expression.type === undefined) return expression;
  const [only] = expression.type === 'expr_list' ? expression.value : [];
  return only?.type === undefined ? only : undefined;
}

/** The query of `exists (…)`, which the parser reads as the call of a function, or of `not exists (…)`. */
export function existsQueryOf(expression: Expression): InnerQuery | undefined {
  const { type } = expression;
  if (type === 'unary_expr') {
    const { operator, expr } = expression;
    return operator === 'NOT EXISTS' && expr.type === undefined ? expr : undefined;
  }
  if (type !== 'function' || !/^exists$/i.test(expression.name.name[0]?.value ?? ''))
    return undefined;
  const [only, ...others] = expression.args?.value ?? [];
  return only?.type === undefined && others.length === 0 ? only : undefined;
}

/** All queries within a SELECT, each behind those that are within itself. */
export function queriesWithin(select: Select, outer: readonly From[] = []): WithinQuery[] {
  return directlyWithin(select, outer).flatMap((query) => [
    ...partsOf(query.select).flatMap((part) => queriesWithin(part.select, query.outer)),
    query,
  ]);
}

/** The SELECTs that UNION puts together within parentheses. */
export function partsOf(select: Select, operation: SetOperation | null = null): Part[] {
  const { _next: next, set_op: word = '' } = select;
  const rest = next && partsOf(next, word.toLowerCase() as SetOperation);
  return [{ operation, select }, ...(rest ?? [])];
}

/** What WITH names, what FROM reads, and what stands in expressions, in the order in which they are told. */
function directlyWithin(select: Select, outer: readonly From[]): WithinQuery[] {
  const { with: named, from, columns, where, groupby, having, orderby } = select;
  const expressions = [
    ...columns.map(({ expr }) => expr),
    ...(from ?? []).map(({ on }) => on),
    ...[where, groupby?.columns, having, orderby],
  ];
  return [
    ...(named ?? []).map(({ name: { value }, columns: own, stmt }) => ({
      name: own ? `${value}(${own.map(({ column }) => column).join(', ')})` : value,
      select: stmt.ast,
      outer,
    })),
    ...(from ?? []).flatMap(({ as, expr }) =>
      expr?.ast === undefined ? [] : [{ name: as ?? '', select: expr.ast, outer }],
    ),
    ...inExpression(expressions).map((query) => ({ ...query, outer: [...(from ?? []), ...outer] })),
  ];
}

/** Queries within an expression, or within a list of them, but not those within these. */
function inExpression(node: unknown): Pick<WithinQuery, 'select' | 'forRows'>[] {
  if (typeof node !== 'object' || node === null) return [];
  const asked = existsQueryOf(node as Expression);
  if (asked !== undefined) return [{ select: asked.ast, forRows: true }];
  if ('ast' in node) return [{ select: (node as InnerQuery).ast }];
  return Object.values(node).flatMap(inExpression);
}

/** Whether a condition of a query, or of one within it, names a column of a query around it: `fund.company_id = company.id`. */
export function refersOutside({ select, outer }: WithinQuery): boolean {
  const own = new Set(partsOf(select).flatMap((part) => handlesIn(part.select.from ?? [])));
  const around = new Set(handlesIn(outer).filter((handle) => !own.has(handle)));
  return partsOf(select).some((part) => namesOneOf(around, part.select));
}

/** Tables, folded, that are read within a query and, as its conditions tell them apart by aliases, around it. */
export function tablesReadAround(within: readonly WithinQuery[]): ReadonlySet<string> {
  return new Set(
    within.filter(refersOutside).flatMap(({ select, outer }) => {
      const around = new Set(tablesIn(outer));
      const own = partsOf(select).flatMap((part) => tablesIn(part.select.from ?? []));
      return own.filter((table) => around.has(table));
    }),
  );
}

/** Numbers of the queries that stand in expressions; `''` for one that is the only one without a name. */
export function numbersOf(within: readonly WithinQuery[]): ReadonlyMap<Select, string> {
  const numbered = within.filter(({ name }) => name === undefined);
  const isAlone = within.filter(({ name = '' }) => name === '').length === 1;
  return new Map(numbered.map(({ select }, at) => [select, isAlone ? '' : String(at + 1)]));
}

function tablesIn(from: readonly From[]): string[] {
  return from.flatMap(({ table }) => (table === undefined ? [] : [fold(table)]));
}

function handlesIn(from: readonly From[]): string[] {
  return from.map(({ as, table }) => fold(as ?? table ?? ''));
}

function namesOneOf(tables: ReadonlySet<string>, node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('type' in node && node.type === 'column_ref') {
    const { table } = node as Extract<Expression, { type: 'column_ref' }>;
    return table !== null && tables.has(fold(table));
  }
  return Object.values(node).some((part) => namesOneOf(tables, part));
}
