/** The parts of node-sql-parser's tree that explanations read. */
import sqlParser from 'node-sql-parser/build/sqlite.js';
import { applyEdits } from '../sql/edit.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { SetOperation } from '../wording/wording.ts';
import { spelledForParser } from './parser-spelling.ts';
import { asSqliteReads } from './sqlite-tree.ts';
import { withoutMarks } from './window-spelling.ts';

export type Expression =
  | {
      readonly type: 'column_ref';
      readonly table: string | null;
      readonly column: string;
      readonly collate?: Collate | null;
    }
  | { readonly type: 'star' }
  | { readonly type: 'number'; readonly value: number }
  | {
      readonly type: 'single_quote_string' | 'string';
      readonly value: string;
      readonly escape?: Escape;
      readonly suffix?: { readonly collate?: Collate | null } | null;
    }
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | {
      readonly type: 'aggr_func';
      readonly name: string;
      readonly args: { readonly expr: Expression; readonly distinct?: string | null };
      readonly over?: Over | null;
    }
  | {
      readonly type: 'function';
      readonly name: { readonly name: readonly { readonly value: string }[] };
      readonly args?: { readonly value: readonly Expression[] } | null;
      readonly over?: Over | null;
    }
  | {
      readonly type: 'binary_expr';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly parentheses?: boolean;
      readonly escape?: Escape;
    }
  | { readonly type: 'unary_expr'; readonly operator: string; readonly expr: Expression }
  | { readonly type: 'expr_list'; readonly value: readonly Expression[] }
  | {
      readonly type: 'cast';
      readonly expr: Expression;
      readonly target: readonly { readonly dataType: string }[];
    }
  | {
      readonly type: 'case';
      /** What is compared with each condition; null where they stand by themselves. */
      readonly expr: Expression | null;
      readonly args: readonly (
        | { readonly type: 'when'; readonly cond: Expression; readonly result: Expression }
        | { readonly type: 'else'; readonly result: Expression }
      )[];
    }
  | InnerQuery;

/** COLLATE behind a column or a text. */
export interface Collate {
  readonly collate: { readonly name: string };
}

/** What stands behind OVER, in the parser's words; {@link windowOf} reads it. */
export interface Over {
  readonly partitionby?: readonly { readonly expr: Expression }[] | null;
  readonly orderby?: Select['orderby'];
}

/** The parser puts the ESCAPE of a LIKE beside its pattern. */
interface Escape {
  readonly value: Expression;
}

export interface InnerQuery {
  readonly type?: undefined;
  readonly ast: Select;
}

export interface From {
  readonly table?: string;
  readonly as: string | null;
  /** An inner query; without a tree, a function that gives a table. */
  readonly expr?: { readonly ast?: Select };
  /** `INNER JOIN`, `LEFT JOIN`, `NATURAL JOIN`, …; none behind a comma. */
  readonly join?: string;
  readonly on?: Expression | null;
  readonly using?: readonly { readonly value: string }[];
}

export interface Select {
  readonly type: 'select';
  readonly with?:
    | readonly {
        readonly name: { readonly value: string };
        readonly stmt: { readonly ast: Select };
        readonly columns?: readonly { readonly column: string }[] | null;
      }[]
    | null;
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

/** One SELECT of a statement. */
export interface Part {
  /** What puts it together with the one before; null for the first. */
  readonly operation: SetOperation | null;
  readonly select: Select;
}

const parser = new sqlParser.Parser();
const SET_OPERATION = /^(?:union|intersect|except)$/i;

/** The trees of the SELECTs of a statement; undefined for anything that the parser doesn't know. */
export function parseStatement(sql: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (const { operation, text } of splitAtSetOperations(sql)) {
    const select = parseSelect(withQuotedNames(text));
    if (select === undefined) return undefined;
    parts.push({ operation, select });
  }
  return parts;
}

/** The parser knows no set operation of SQLite's but UNION. */
function splitAtSetOperations(
  sql: string,
): { readonly operation: SetOperation | null; readonly text: string }[] {
  const found: { operation: SetOperation | null; text: string }[] = [];
  const tokens = tokenizeSql(sql);
  let operation: SetOperation | null = null;
  let from = 0;
  let depth = 0;
  for (const [index, { kind, text, start }] of tokens.entries()) {
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (depth === 0 && kind === 'word' && SET_OPERATION.test(text)) {
      found.push({ operation, text: sql.slice(from, start) });
      const next = tokens[index + 1];
      const all = next?.text.toLowerCase() === 'all';
      const name = text.toLowerCase() as SetOperation;
      operation = all && name === 'union' ? 'union all' : name;
      from = (all ? tokens[index + 2]?.start : next?.start) ?? sql.length;
    }
  }
  found.push({ operation, text: sql.slice(from) });
  return found;
}

/** The tree of a SELECT, as SQLite reads it; undefined for anything that the parser doesn't know. */
export function parseSelect(sql: string): Select | undefined {
  try {
    const spelled = spelledForParser(sql);
    const tree: unknown = parser.astify(spelled.sql, { database: 'sqlite' });
    const first: unknown = Array.isArray(tree) ? tree[0] : tree;
    const isSelect =
      typeof first === 'object' && first !== null && 'type' in first && first.type === 'select';
    return isSelect ? asSqliteReads(first as Select, spelled.joins) : undefined;
  } catch {
    return undefined;
  }
}

/** The parser takes names that are not ASCII only in quotes, and `"name"` for a text. */
function withQuotedNames(sql: string): string {
  const tokens = tokenizeSql(sql);
  const isOdd = ({ kind, text }: SqlToken) =>
    kind === 'quoted' || (kind === 'word' && /[^\p{ASCII}]/u.test(text));
  const edits = tokens.flatMap((token, at) =>
    isOdd(token) ? [{ at, text: `\`${token.value}\`` }] : [],
  );
  return applyEdits(sql, tokens, edits);
}

/** An expression as SQL, for what has no words. */
export function toSql(expression: unknown, otherwise = 'an expression'): string {
  try {
    const sql = parser.exprToSQL(expression as never, { database: 'sqlite' });
    return withoutMarks(sql).replace(/"([\p{L}\p{N}_]+)"/gu, '$1');
  } catch {
    return otherwise;
  }
}
