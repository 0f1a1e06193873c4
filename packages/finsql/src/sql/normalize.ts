/**
 * The normal form in which SQL is learnt and shown: one line, single spaces, folded outside
 * literals, `'…'` for strings, quotes around an identifier only where they are needed.
 * The meaning stays: `"x"` is a string only where the tables of the statement have no column x,
 * as SQLite itself reads it.
 */
import { identifier, isPlain } from '../schema/identifiers.ts';
import { fold, type Schema } from '../schema/schema.ts';
import { givenNames } from './given-names.ts';
import { NEVER_CALLED } from './keywords.ts';
import { textLiteral } from './literal.ts';
import { type SqlToken, tokenizeSql } from './tokenize.ts';

const SAME_MEANING: Readonly<Record<string, string>> = { '==': '=', '<>': '!=' };

/** The normal form of a statement; see the file's head. Idempotent. What is not SQL comes back as it is. */
export function normalizeSql(sql: string, schema: Schema): string {
  const tokens = tokenizeSql(sql);
  if (tokens.some(({ kind }) => kind === 'unknown')) return sql;
  while (tokens.at(-1)?.text === ';') tokens.pop();
  const names = namesOf(tokens, schema);
  let out = '';
  let before = '';
  for (const [index, token] of tokens.entries()) {
    const text = write(token, tokens, index, names);
    out += spaced(tokens, index, before) ? ` ${text}` : text;
    before = text;
  }
  return out;
}

/** Names that a quoted token may stand for: of the statement's tables, their columns, its aliases. */
function namesOf(tokens: readonly SqlToken[], schema: Schema): ReadonlySet<string> {
  const mentioned = new Set(
    tokens.filter((token) => isName(token)).map((token) => fold(token.value)),
  );
  const names = new Set(givenNames(tokens));
  for (const table of schema.tables) {
    if (!mentioned.has(fold(table.name))) continue;
    names.add(fold(table.name));
    for (const column of table.columns) names.add(fold(column.name));
  }
  return names;
}

function isName(token: SqlToken): boolean {
  return token.kind === 'word' || token.kind === 'quoted';
}

function write(
  token: SqlToken,
  tokens: readonly SqlToken[],
  index: number,
  names: ReadonlySet<string>,
): string {
  switch (token.kind) {
    case 'word':
    case 'number':
      return fold(token.text);
    case 'symbol':
      return SAME_MEANING[token.text] ?? token.text;
    case 'quoted': {
      const name = identifier(token.value);
      const known = names.has(fold(token.value));
      // In double quotes, an unknown name would be read as a string.
      if (token.text[0] !== '"') return known || isPlain(name) ? name : token.text;
      const qualified = tokens[index - 1]?.text === '.' || tokens[index + 1]?.text === '.';
      return qualified || known ? name : textLiteral(token.value);
    }
    default:
      return token.text;
  }
}

/**
 * Whether a space stands before `tokens[index]`.
 * @param written the token before it, as it was written
 */
function spaced(tokens: readonly SqlToken[], index: number, written: string): boolean {
  const token = tokens[index];
  const before = tokens[index - 1];
  if (token === undefined || before === undefined) return false;
  // Without a space, a point and the digits beside it would be one number.
  if (before.text === '.' && token.kind === 'number') return true;
  if (before.kind === 'number' && token.text === '.') return true;
  if (before.text === '(' || before.text === '.') return false;
  if ([')', ',', '.', ';'].includes(token.text)) return false;
  if (token.text === '(') {
    return (
      !(isWord(before, written) && !NEVER_CALLED.has(fold(written))) || isAlias(tokens, index - 1)
    );
  }
  // Two minus signs without a space would begin a comment.
  if (before.text === '-' && token.text === '-') return true;
  return !(isSign(before) && isUnary(tokens, index - 1));
}

/** A name that lost its quotes is a word, too. */
function isWord({ kind }: SqlToken, written: string): boolean {
  return kind === 'word' || (kind === 'quoted' && !/^["'`[]/.test(written));
}

/** A word that names a table before its column list: `with t (a, b) as`, `t1 (`. */
function isAlias(tokens: readonly SqlToken[], index: number): boolean {
  return ['as', 'with'].includes(fold(tokens[index - 1]?.text ?? ''));
}

function isSign(token: SqlToken): boolean {
  return token.text === '-' || token.text === '+' || token.text === '~';
}

/** Whether the sign at `index` has no left operand. */
function isUnary(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens[index - 1];
  if (before === undefined) return true;
  if (before.kind === 'word') return NEVER_CALLED.has(fold(before.text));
  return before.kind === 'symbol' && before.text !== ')';
}
