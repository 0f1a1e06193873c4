/** The parts of node-sql-parser's tree that explanations read. */
import sqlParser from 'node-sql-parser/build/sqlite.js';

export type Expression =
  | { readonly type: 'column_ref'; readonly table: string | null; readonly column: string }
  | { readonly type: 'star' }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'single_quote_string' | 'string'; readonly value: string }
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | {
      readonly type: 'aggr_func';
      readonly name: string;
      readonly args: { readonly expr: Expression; readonly distinct?: string | null };
      readonly over: unknown;
    }
  | {
      readonly type: 'function';
      readonly name: { readonly name: readonly { readonly value: string }[] };
      readonly args?: { readonly value: readonly Expression[] } | null;
      readonly over?: unknown;
    }
  | {
      readonly type: 'binary_expr';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly parentheses?: boolean;
    }
  | { readonly type: 'unary_expr'; readonly operator: string; readonly expr: Expression }
  | {
      readonly type: 'expr_list';
      readonly value: readonly (Expression | { readonly ast: Select })[];
    }
  | { readonly type: 'cast'; readonly expr: Expression }
  | { readonly type: 'case' };

export interface From {
  readonly table?: string;
  readonly as: string | null;
  /** An inner query; without a tree, a function that gives a table. */
  readonly expr?: { readonly ast?: Select };
  readonly join?: string;
  readonly on?: Expression | null;
}

export interface Select {
  readonly type: 'select';
  readonly distinct: unknown;
  readonly columns: readonly { readonly expr: Expression; readonly as: string | null }[];
  readonly from: readonly From[] | null;
  readonly where: Expression | null;
  readonly groupby: { readonly columns: readonly Expression[] | null } | null;
  readonly having: Expression | null;
  readonly orderby:
    | readonly { readonly expr: Expression; readonly type: 'ASC' | 'DESC' | null }[]
    | null;
  readonly limit: {
    readonly seperator: string;
    readonly value: readonly { readonly value: number }[];
  } | null;
  readonly set_op?: string;
  readonly _next?: Select;
}

const parser = new sqlParser.Parser();

/** The tree of a SELECT; undefined for anything that the parser doesn't know. */
export function parseSelect(sql: string): Select | undefined {
  try {
    const tree: unknown = parser.astify(sql, { database: 'sqlite' });
    const first: unknown = Array.isArray(tree) ? tree[0] : tree;
    const isSelect =
      typeof first === 'object' && first !== null && 'type' in first && first.type === 'select';
    return isSelect ? (first as Select) : undefined;
  } catch {
    return undefined;
  }
}

/** An expression as SQL, for what has no words. */
export function toSql(expression: unknown): string {
  try {
    return parser.exprToSQL(expression as never, { database: 'sqlite' }).replace(/"(\w+)"/g, '$1');
  } catch {
    return 'an expression';
  }
}
