/**
 * A statement as sets of parts, one set for each thing that an answer can get wrong. From tokens, so
 * statements that fail or that a parser does not know are compared, too. Names are resolved: `a.name`
 * is `fund.name`; a subquery's parts stand among the others, marked with their depth.
 */
import { findColumn, fold, type Schema } from '../schema/schema.ts';
import { normalizeSql } from '../sql/normalize.ts';
import { analyse, type ColumnReference, resolveHandle, tablesInReach } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';

/** Sorted texts of each kind. */
export interface ClauseParts {
  readonly tables: readonly string[];
  /** Conditions between columns of two tables, and outer joins. */
  readonly joins: readonly string[];
  /** Subqueries and set operations. */
  readonly nesting: readonly string[];
  readonly select: readonly string[];
  /** Of ON, WHERE and HAVING, with `?` for literals. */
  readonly conditions: readonly string[];
  readonly literals: readonly string[];
  /** GROUP BY, ORDER BY and LIMIT. */
  readonly grouping: readonly string[];
}

type Kind = keyof ClauseParts;
type Clause = 'select' | 'from' | 'on' | 'where' | 'having' | 'group' | 'order' | 'limit';

/** One SELECT while it is read. */
interface Level {
  clause: Clause;
  /** Open parentheses and CASEs. */
  depth: number;
  /** Within BETWEEN, whose AND joins no conditions. */
  between: boolean;
  piece: string[];
}

const CLAUSES: Readonly<Record<string, Clause>> = {
  select: 'select',
  from: 'from',
  join: 'from',
  on: 'on',
  where: 'where',
  having: 'having',
  group: 'group',
  order: 'order',
  limit: 'limit',
};
const CONDITIONS: ReadonlySet<Clause> = new Set(['on', 'where', 'having']);
const EQUATION = /^(\S+)\.(\S+) = (\S+)\.(\S+)$/;

/** The parts of a statement. */
export function clauseParts(sql: string, schema: Schema): ClauseParts {
  const tokens = tokenizeSql(normalizeSql(sql, schema));
  const parts: Record<Kind, string[]> = {
    tables: [],
    joins: [],
    nesting: [],
    select: [],
    conditions: [],
    literals: [],
    grouping: [],
  };
  const { texts, tables } = resolveNames(tokens, schema);
  const newLevel = (): Level => ({ clause: 'select', depth: 0, between: false, piece: [] });
  const levels: Level[] = [newLevel()];
  const add = (kind: Kind, text: string) => parts[kind].push(`${levels.length - 1} ${text}`);
  const end = ({ clause, piece }: Level) => {
    const text = piece.splice(0).join(' ');
    if (text === '' || clause === 'from') return;
    if (clause === 'select') add('select', text);
    else if (!CONDITIONS.has(clause)) add('grouping', `${clause} ${text}`);
    else add(isJoin(text) ? 'joins' : 'conditions', inOrder(text));
  };

  for (const [index, token] of tokens.entries()) {
    const level = levels.at(-1) as Level;
    const word = token.kind === 'word' ? fold(token.text) : '';
    const next = fold(tokens[index + 1]?.text ?? '');
    const table = tables.get(index);
    if (table !== undefined) add('tables', table);
    else if (token.text === '(' && ['select', 'with', 'values'].includes(next)) {
      add('nesting', 'subquery');
      level.piece.push('(subquery)');
      levels.push(newLevel());
    } else if (token.text === ')' && level.depth === 0 && levels.length > 1) {
      end(level);
      levels.pop();
    } else if (level.depth > 0) inside(level, token, index, word);
    else if (CLAUSES[word] !== undefined) {
      end(level);
      level.clause = CLAUSES[word];
      level.between = false;
    } else if (['union', 'intersect', 'except'].includes(word)) {
      end(level);
      add('nesting', next === 'all' ? `${word} all` : word);
    } else if (level.clause === 'from') {
      if (['left', 'right', 'full'].includes(word)) add('joins', word);
    } else if (token.text === ',' || word === 'or' || (word === 'and' && !level.between)) {
      end(level);
      if (word === 'or') add('conditions', 'or');
    } else if (word === 'and' || word === 'between') {
      level.between = word === 'between';
      level.piece.push(word);
    } else inside(level, token, index, word);
  }
  for (const level of levels.splice(1).reverse()) end(level);
  end(levels[0] as Level);
  return Object.fromEntries(
    Object.entries(parts).map(([kind, texts]) => [kind, texts.sort()]),
  ) as unknown as ClauseParts;

  function inside(level: Level, token: SqlToken, index: number, word: string): void {
    if (token.text === '(' || word === 'case') level.depth++;
    if (token.text === ')' || word === 'end') level.depth = Math.max(0, level.depth - 1);
    const text = texts.get(index) ?? token.text;
    if (text === '' || ['as', 'by', 'asc', 'all', ';'].includes(text)) return;
    const literal = token.kind === 'string' || token.kind === 'number' || token.kind === 'blob';
    if (literal && CONDITIONS.has(level.clause)) {
      add('literals', text);
      level.piece.push('?');
    } else level.piece.push(text);
  }
}

/** By index of its token: what a name stands for (empty: nothing of its own), and the tables of FROM. */
function resolveNames(
  tokens: readonly SqlToken[],
  schema: Schema,
): { readonly texts: ReadonlyMap<number, string>; readonly tables: ReadonlyMap<number, string> } {
  const { scopes, columns } = analyse(tokens, schema);
  const tables = new Map<number, string>();
  for (const { table, at } of scopes.flatMap((scope) => scope.tables)) {
    if (at !== undefined) tables.set(at, fold(table?.name ?? tokens[at]?.value ?? ''));
  }
  const texts = new Map<number, string>();
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'word' || token.kind === 'quoted') texts.set(index, fold(token.value));
    if (fold(tokens[index - 1]?.text ?? '') === 'as') texts.set(index, '');
  }
  for (const column of columns) {
    texts.set(column.at, columnText(column, tokens));
    if (column.qualifier === undefined) continue;
    texts.set(column.qualifier, '');
    texts.set(column.qualifier + 1, '');
  }
  return { texts, tables };
}

/** `table.column`; the column alone where its table is not one of the schema. */
function columnText({ scope, at, qualifier }: ColumnReference, tokens: readonly SqlToken[]) {
  const name = tokens[at]?.value ?? '';
  const owner =
    qualifier === undefined
      ? tablesInReach(scope).find(({ table }) => table && findColumn(table, name) !== undefined)
      : resolveHandle(scope, fold(tokens[qualifier]?.value ?? ''));
  return owner?.table === undefined ? fold(name) : `${fold(owner.table.name)}.${fold(name)}`;
}

function isJoin(text: string): boolean {
  const [, table, , other] = EQUATION.exec(text) ?? [];
  return table !== undefined && table !== other;
}

/** An equation of columns, smaller side first. */
function inOrder(text: string): string {
  return EQUATION.test(text) ? text.split(' = ').sort().join(' = ') : text;
}
