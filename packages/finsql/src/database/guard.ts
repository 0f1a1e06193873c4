/**
 * What may be run: one SELECT, WITH or VALUES statement over the database's own tables.
 * A check of tokens, before SQLite sees the statement; the connection is read-only and in a process
 * of its own besides.
 */
import { fold } from '../schema/schema.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { type Forbidden, sentenceFor } from '../wording/messages.ts';
import { wordingOf } from '../wording/wording.ts';

const LONGEST = 20_000;
const MOST_TOKENS = 4_000;
const DEEPEST = 60;

const BEGINNINGS: ReadonlySet<string> = new Set(['select', 'with', 'values']);

/** Tables of SQLite's own: they tell about files, statements and pages, not about the data. */
const INTERNAL_TABLE =
  /^(?:sqlite_|pragma_|fts\dvocab|dbstat$|bytecode$|tables_used$|completion$|json_each$|json_tree$)/;

/** Functions that load code, touch files, tell about the connection or make blobs of any size. */
export const INTERNAL_FUNCTION =
  /^(?:sqlite_|pragma_|load_extension$|readfile$|writefile$|edit$|fsdir$|lsdir$|changes$|total_changes$|last_insert_rowid$|randomblob$|zeroblob$|fts3_tokenizer$|rtreecheck$|subtype$|geopoly_|\w*_source_id$)/;

/** Words that end the FROM clause of their level. */
const AFTER_FROM =
  /^(?:where|group|order|having|limit|window|union|intersect|except|select|returning)$/;
/** Words before what a join is made on; a comma behind that goes on with the tables. */
const JOIN_CONDITION = /^(?:on|using)$/;

/** Where a token stands: outside a FROM clause, among its tables, or in what tables are joined on. */
type Place = 'outside' | 'tables' | 'condition';

/** Why the statement must not run, in English words that go after "refused: "; undefined when it may. */
export function refusal(sql: string): string | undefined {
  const reason = forbidden(sql);
  return reason && sentenceFor(wordingOf('en').forbidden, reason);
}

/** Why the statement must not run; undefined when it may. */
export function forbidden(sql: string): Forbidden | undefined {
  const long = tooLong(sql);
  if (long !== undefined) return long;
  if (sql.includes('\0')) return { code: 'nul-character' };
  const tokens = tokenizeSql(sql);
  while (tokens.at(-1)?.text === ';') tokens.pop();
  if (tokens.length === 0) return { code: 'empty-statement' };
  if (tokens.length > MOST_TOKENS) return { code: 'too-many-tokens', most: MOST_TOKENS };
  const strange = tokens.find(({ kind }) => kind === 'unknown');
  if (strange !== undefined) return { code: 'not-sql', text: strange.text };
  if (tokens.some(({ text }) => text === ';')) return { code: 'several-statements' };
  const first = tokens.find(({ text }) => text !== '(');
  if (first === undefined || !BEGINNINGS.has(fold(first.text))) {
    return { code: 'not-a-query', word: first?.text ?? '(' };
  }
  if (tokens.some(({ kind }) => kind === 'parameter')) return { code: 'open-parameters' };
  return internalName(tokens);
}

/** Whether a statement is longer than anything that is read. */
export function tooLong(sql: string): Forbidden | undefined {
  if (sql.length <= LONGEST) return undefined;
  return { code: 'too-long', characters: sql.length, most: LONGEST };
}

function internalName(tokens: readonly SqlToken[]): Forbidden | undefined {
  const places: Place[] = ['outside'];
  for (const [index, token] of tokens.entries()) {
    const before = fold(tokens[index - 1]?.text ?? '');
    const name = token.kind === 'symbol' || token.kind === 'number' ? '' : fold(token.value);
    if (token.text === '(') {
      // `from (a, b)`: a group of tables is still the FROM clause.
      const isGroup = places.at(-1) === 'tables' && /^(?:from|join|,|\()$/.test(before);
      places.push(isGroup ? 'tables' : 'outside');
      if (places.length > DEEPEST) return { code: 'too-deep', most: DEEPEST };
    } else if (token.text === ')') {
      places.pop();
    } else if (token.kind === 'word' && (name === 'from' || name === 'join')) {
      places[places.length - 1] = 'tables';
    } else if (token.kind === 'word' && AFTER_FROM.test(name) && before !== '.') {
      places[places.length - 1] = 'outside';
    } else if (token.kind === 'word' && JOIN_CONDITION.test(name) && places.at(-1) === 'tables') {
      places[places.length - 1] = 'condition';
    } else if (token.text === ',' && places.at(-1) === 'condition') {
      places[places.length - 1] = 'tables';
    } else if (name !== '') {
      const called = tokens[index + 1]?.text === '(';
      const isTable =
        before === 'in' || // x in table
        (places.at(-1) === 'tables' && (/^(?:from|join|,|\()$/.test(before) || before === '.'));
      if (called && INTERNAL_FUNCTION.test(name)) {
        return { code: 'internal-name', name: `${token.value}()` };
      }
      if (isTable && INTERNAL_TABLE.test(name)) {
        return { code: 'internal-name', name: token.value };
      }
    }
  }
  return undefined;
}
