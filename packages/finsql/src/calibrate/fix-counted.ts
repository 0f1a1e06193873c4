import type { Link } from '../retrieval/context.ts';
import { nameWords, stem, words } from '../retrieval/words.ts';
import { identifier } from '../schema/identifiers.ts';
import { findColumn, fold, type Schema, type Table } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { type Analysis, analyse } from '../sql/scopes.ts';
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
    const { table, at, handle } = reference ?? {};
    if (table === undefined || at === undefined || handle === undefined) return sql;
    const counted = countsRows(tokens) ? countedTable(question, schema) : undefined;
    if (counted === undefined || counted === table || isPart(table, counted)) return sql;
    const only = { table, at, handle };
    const edits = isSaid(table, question)
      ? joined(tokens, analysis, only, counted, context.links)
      : replaced(tokens, analysis, only, counted);
    return applyEdits(sql, tokens, edits);
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

/** The only table of a statement. */
interface Only {
  readonly table: Table;
  /** Index of the token that names it. */
  readonly at: number;
  readonly handle: string;
}

/** The counted table in place of the other, where it has every column that is asked for. */
function replaced(
  tokens: readonly SqlToken[],
  { columns, scopes }: Analysis,
  { at, handle }: Only,
  counted: Table,
): Edit[] {
  const nameAt = (place: number) => tokens[place]?.value ?? '';
  const asked = columns.filter((column) => !scopes[0]?.results.has(fold(nameAt(column.at))));
  if (!asked.every((column) => findColumn(counted, nameAt(column.at)))) return [];
  const qualifiers = columns.flatMap(({ qualifier }) => qualifier ?? []);
  const text = identifier(counted.name);
  const hasAlias = handle !== fold(nameAt(at));
  return [at, ...(hasAlias ? [] : qualifiers)].map((place) => ({ at: place, text }));
}

/** The counted table joined, where it has a key to the other. */
function joined(
  tokens: readonly SqlToken[],
  { columns }: Analysis,
  { table, at, handle }: Only,
  counted: Table,
  links: readonly Link[],
): Edit[] {
  const [here, there] = [fold(table.name), fold(counted.name)];
  const keys = links.filter((link) => link.table === there && link.target === here);
  const condition = conditionOf(keys, [here, handle], [there, counted.name]);
  const last = handle === fold(tokens[at]?.value ?? '') ? at : endOfAlias(tokens, at);
  if (keys.length !== 1 || condition === undefined) return [];
  const join = `${tokens[last]?.text ?? ''} join ${identifier(counted.name)} on ${condition}`;
  const bare = columns.filter(
    (column) => column.qualifier === undefined && findColumn(table, tokens[column.at]?.value ?? ''),
  );
  const qualified = bare.map((column) => ({
    at: column.at,
    text: `${identifier(handle)}.${tokens[column.at]?.text}`,
  }));
  return [{ at: last, text: join }, ...qualified];
}

function endOfAlias(tokens: readonly SqlToken[], at: number): number {
  return fold(tokens[at + 1]?.text ?? '') === 'as' ? at + 2 : at + 1;
}
