import type { Link } from '../retrieval/context.ts';
import { nameWords, stem, words } from '../retrieval/words.ts';
import { identifier } from '../schema/identifiers.ts';
import { findColumn, fold, type Schema, type Table } from '../schema/schema.ts';
import { type Analysis, analyse, type TableReference } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { conditionOf } from './join-keys.ts';
import type { Rule } from './rule.ts';

/** "Documents with the most paragraphs" counted among documents: each is there once. */
export const fixCounted: Rule = {
  name: 'fix-counted',
  summary:
    'Rows that are counted are those of the table that the question counts: it takes the place of the one that is not meant, or is joined to it.',
  when: 'always',
  apply(sql, context) {
    const { schema, question = '' } = context;
    const tokens = tokenizeSql(sql);
    const analysis = analyse(tokens, schema);
    const [reference, ...others] = analysis.scopes.flatMap(({ tables }) => tables);
    if (analysis.scopes.length > 1 || others.length > 0) return sql;
    const table = reference?.table;
    if (table === undefined || !countsRows(tokens)) return sql;
    const counted = countedTable(question, schema);
    if (counted === undefined || counted === table || isPart(table, counted)) return sql;
    return isSaid(table, question)
      ? joined(sql, tokens, analysis, counted, context.links)
      : replaced(sql, tokens, analysis, counted);
  },
};

function countsRows(tokens: readonly SqlToken[]): boolean {
  return tokens.some(({ text }, at) => {
    return fold(text) === 'count' && tokens[at + 1]?.text === '(' && tokens[at + 2]?.text === '*';
  });
}

/** Words that something countable stands behind, in the plural. */
const COUNTS =
  /\b(?:how many|numbers? of|count(?: of)?|most|fewest|(?:more|fewer|less) than \w+|at (?:least|most) \w+)\s+(?:(?:the|all|different|distinct|unique|of|such)\s+)*/gi;

/** The table that the question counts; undefined where it names none, or more than one. */
function countedTable(question: string, schema: Schema): Table | undefined {
  const found = new Set<Table>();
  for (const { 0: said, index } of question.matchAll(COUNTS)) {
    const behind = words(question.slice(index + said.length).split(/[^\p{L}\p{N}\s_]/u)[0] ?? '');
    const table = firstNamed(behind, schema, /\bone\s+$/i.test(said));
    if (table !== undefined) found.add(table);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

/**
 * The table whose whole name the words begin with; of two, the longer name.
 * @param one whether it may be in the singular: `more than one document`
 */
function firstNamed(behind: readonly string[], schema: Schema, one: boolean): Table | undefined {
  const named = schema.tables.filter((table) => {
    const name = stemsOf(table);
    const isWhole = name.length > 0 && name.every((part, i) => stem(behind[i] ?? '') === part);
    return isWhole && (one || /s$|^people$/.test(behind[name.length - 1] ?? ''));
  });
  return named.sort((a, b) => stemsOf(b).length - stemsOf(a).length)[0];
}

function stemsOf({ name }: Table): string[] {
  return nameWords(name).map(stem);
}

/** Whether the name of one is a part of the other's: `station` of `train_station`. */
function isPart(table: Table, of: Table): boolean {
  const whole = new Set(stemsOf(of));
  return stemsOf(table).every((part) => whole.has(part));
}

function isSaid(table: Table, question: string): boolean {
  const said = new Set(words(question).map(stem));
  return stemsOf(table).every((part) => said.has(part));
}

/** The counted table in place of the other, where it has every column that is asked for. */
function replaced(
  sql: string,
  tokens: readonly SqlToken[],
  { columns, scopes }: Analysis,
  counted: Table,
): string {
  const [reference] = scopes[0]?.tables ?? [];
  const token = reference?.at === undefined ? undefined : tokens[reference.at];
  if (reference === undefined || token === undefined) return sql;
  const isFree = ({ at }: { at: number }) => scopes[0]?.results.has(fold(tokens[at]?.value ?? ''));
  const asked = columns.filter((column) => !isFree(column));
  if (!asked.every(({ at }) => findColumn(counted, tokens[at]?.value ?? ''))) return sql;
  const name = identifier(counted.name);
  const qualifiers = columns.flatMap(({ qualifier }) => qualifier ?? []);
  const renamed = new Set([
    token,
    ...(hasAlias(reference, token) ? [] : qualifiers.map((at) => tokens[at])),
  ]);
  return tokens.toReversed().reduce((text, one) => {
    if (!renamed.has(one)) return text;
    return text.slice(0, one.start) + name + text.slice(one.start + one.text.length);
  }, sql);
}

function hasAlias({ handle }: TableReference, { value }: SqlToken): boolean {
  return handle !== fold(value);
}

/** The counted table joined, where it has a key to the other. */
function joined(
  sql: string,
  tokens: readonly SqlToken[],
  { columns, scopes }: Analysis,
  counted: Table,
  links: readonly Link[],
): string {
  const [reference] = scopes[0]?.tables ?? [];
  const [table, at] = [reference?.table, reference?.at];
  if (reference === undefined || table === undefined || at === undefined) return sql;
  const [here, there] = [fold(table.name), fold(counted.name)];
  const keys = links.filter((link) => link.table === there && link.target === here);
  if (keys.length !== 1) return sql;
  const condition = conditionOf(keys, [here, reference.handle], [there, counted.name]);
  const last = hasAlias(reference, tokens[at] as SqlToken) ? lastOfAlias(tokens, at) : at;
  const end = tokens[last];
  if (condition === undefined || end === undefined) return sql;
  const added = new Map([
    [end.start + end.text.length, ` join ${identifier(counted.name)} on ${condition}`],
  ]);
  for (const column of columns) {
    const token = tokens[column.at];
    if (token === undefined || column.qualifier !== undefined) continue;
    if (findColumn(table, token.value)) added.set(token.start, `${identifier(reference.handle)}.`);
  }
  return [...added]
    .sort(([a], [b]) => b - a)
    .reduce((text, [offset, more]) => text.slice(0, offset) + more + text.slice(offset), sql);
}

function lastOfAlias(tokens: readonly SqlToken[], at: number): number {
  return fold(tokens[at + 1]?.text ?? '') === 'as' ? at + 2 : at + 1;
}
