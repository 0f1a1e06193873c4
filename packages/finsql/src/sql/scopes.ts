/**
 * Who means what in a statement: each SELECT is a scope with its tables, inside the scopes around
 * it. Works on tokens, so it also reads statements that SQLite rejects; a derived table or a
 * common table expression counts as a table of unknown columns.
 */
import { findTable, fold, type Schema, type Table } from '../schema/schema.ts';
import { RESERVED, SOFT_KEYWORDS } from './keywords.ts';
import type { SqlToken } from './tokenize.ts';

export interface TableReference {
  /** The table of the schema; undefined for derived tables, CTEs and unknown names. */
  readonly table: Table | undefined;
  /** Its columns can't be known: a derived table or a CTE. */
  readonly opaque: boolean;
  /** Folded name by which columns refer to it: the alias, or the table's name. */
  readonly handle: string;
  /** Index of the token that names the table; undefined for a derived table. */
  readonly at: number | undefined;
}

export interface Scope {
  readonly parent: Scope | undefined;
  readonly tables: TableReference[];
  /** Folded names that the select list gives to its columns. */
  readonly results: Set<string>;
}

export interface ColumnReference {
  readonly scope: Scope;
  /** Index of the token that names the column. */
  readonly at: number;
  /** Index of the token before the dot. */
  readonly qualifier: number | undefined;
}

export interface Analysis {
  readonly scopes: readonly Scope[];
  readonly columns: readonly ColumnReference[];
}

interface Level {
  readonly scope: Scope;
  /** Whether the tokens at this level list tables. */
  from: boolean;
  /** Whether the next name is a table. */
  wantsTable: boolean;
  /** A parenthesis that holds a SELECT. */
  readonly select: boolean;
}

/** Operators that may also name a table. */
const AS_TABLE: ReadonlySet<string> = new Set(['match', 'glob', 'like', 'regexp', 'offset', 'end']);

const ENDS_FROM = /^(?:where|group|order|having|limit|window|set)$/;
const COMPOUND = /^(?:union|intersect|except)$/;

/** Reads the scopes of a statement. */
export function analyse(tokens: readonly SqlToken[], schema: Schema): Analysis {
  const words = tokens.map((token) => (token.kind === 'word' ? fold(token.text) : ''));
  const ctes = commonTables(tokens, words);
  const scopes: Scope[] = [];
  const columns: ColumnReference[] = [];
  const newScope = (parent: Scope | undefined): Scope => {
    const scope = { parent, tables: [], results: new Set<string>() };
    scopes.push(scope);
    return scope;
  };
  let levels: Level[] = [
    { scope: newScope(undefined), from: false, wantsTable: false, select: true },
  ];
  let derived: Level | undefined; // the level whose FROM clause the closed parenthesis stood in

  for (const [index, token] of tokens.entries()) {
    const level = levels.at(-1);
    if (level === undefined) break;
    const word = words[index] ?? '';
    if (token.text === '(') {
      const select = /^(?:select|with|values)$/.test(words[index + 1] ?? '');
      levels.push({
        scope: select ? newScope(level.scope) : level.scope,
        from: !select && level.from && level.wantsTable,
        wantsTable: !select && level.wantsTable,
        select,
      });
    } else if (token.text === ')') {
      const closed = levels.length > 1 ? levels.pop() : undefined;
      const outer = levels.at(-1);
      derived = closed?.select === true && outer?.wantsTable === true ? outer : undefined;
      if (derived !== undefined) {
        derived.wantsTable = false;
        const alias = aliasAfter(tokens, words, index);
        derived.scope.tables.push({
          table: undefined,
          opaque: true,
          handle: alias ?? '',
          at: undefined,
        });
      }
    } else if (word === 'from' || word === 'join') {
      level.from = true;
      level.wantsTable = true;
    } else if (token.text === ',' && level.from) {
      level.wantsTable = true;
    } else if (ENDS_FROM.test(word)) {
      level.from = false;
    } else if (COMPOUND.test(word)) {
      levels = [
        ...levels.slice(0, -1),
        { ...level, scope: newScope(level.scope.parent), from: false },
      ];
    } else if (isName(token, word) || (level.wantsTable && AS_TABLE.has(word))) {
      readName(index, level);
    }
  }
  return { scopes, columns };

  function readName(index: number, level: Level): void {
    const token = tokens[index] as SqlToken;
    const before = words[index - 1] ?? '';
    if (tokens[index + 1]?.text === '.') return; // a qualifier, read with its column
    if (level.from && level.wantsTable) {
      level.wantsTable = false;
      const name = fold(token.value);
      const opaque = ctes.has(name);
      level.scope.tables.push({
        table: opaque ? undefined : findTable(schema, token.value),
        opaque,
        handle: aliasAfter(tokens, words, index) ?? name,
        at: index,
      });
    } else if (before === 'as') {
      if (!level.from) level.scope.results.add(fold(token.value));
    } else if (tokens[index + 1]?.text !== '(' && !isBareAlias(index, level)) {
      const qualifier = tokens[index - 1]?.text === '.' ? index - 2 : undefined;
      columns.push({ scope: level.scope, at: index, qualifier });
    }
  }

  /** `from t x`, `select f(a) x`: a name right after an operand. */
  function isBareAlias(index: number, level: Level): boolean {
    const before = tokens[index - 1];
    if (before === undefined || before.text === '.') return false;
    const afterOperand =
      before.text === ')' ||
      before.kind === 'string' ||
      before.kind === 'number' ||
      isName(before, words[index - 1] ?? '');
    if (afterOperand && !level.from) level.scope.results.add(fold(tokens[index]?.value ?? ''));
    return afterOperand;
  }
}

function isName(token: SqlToken, word: string): boolean {
  if (token.kind === 'quoted') return true;
  return token.kind === 'word' && !RESERVED.has(word) && !SOFT_KEYWORDS.has(word);
}

function aliasAfter(
  tokens: readonly SqlToken[],
  words: readonly string[],
  index: number,
): string | undefined {
  const at = words[index + 1] === 'as' ? index + 2 : index + 1;
  const token = tokens[at];
  return token !== undefined && isName(token, words[at] ?? '') ? fold(token.value) : undefined;
}

/** Names that WITH defines: each is followed by `as (`, perhaps after a list of columns. */
function commonTables(tokens: readonly SqlToken[], words: readonly string[]): Set<string> {
  const names = new Set<string>();
  if (!words.includes('with')) return names;
  for (const [index, token] of tokens.entries()) {
    const before = words[index - 1];
    const begins = before === 'with' || before === 'recursive' || tokens[index - 1]?.text === ',';
    if (!begins || !isName(token, words[index] ?? '')) continue;
    let next = index + 1;
    if (tokens[next]?.text === '(') {
      while (next < tokens.length && tokens[next]?.text !== ')') next++;
      next++;
    }
    if (words[next] === 'as') names.add(fold(token.value));
  }
  return names;
}

/** The table that a handle stands for, looked up from the scope outwards. */
export function resolveHandle(scope: Scope, handle: string): TableReference | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.tables.find((table) => table.handle === handle);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The tables in reach, nearest scope first. */
export function tablesInReach(scope: Scope): TableReference[] {
  const tables: TableReference[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
    tables.push(...at.tables);
  return tables;
}
