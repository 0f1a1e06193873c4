/** What the tables and columns of a schema are good for in questions, and how they are said. */
import type { Database } from '../../database/sqlite.ts';
import { nameWords } from '../../retrieval/words.ts';
import { identifier, quoteIdentifier } from '../../schema/identifiers.ts';
import { type Column, findTable, type Schema, type Table } from '../../schema/schema.ts';

/** A name in SQL and in words. */
export interface Said {
  readonly sql: string;
  /** Alternatives between `|`. */
  readonly words: string;
}

export interface TableRoles {
  readonly table: Table;
  readonly sql: string;
  readonly plural: string;
  readonly singular: string;
  /** What rows are called by: a column of distinct texts. */
  readonly label: Said | undefined;
  /** Numbers that may be compared and averaged. */
  readonly measures: readonly Said[];
  /** Few distinct texts: what rows are filtered and grouped by. */
  readonly categories: readonly Said[];
  readonly dates: readonly Said[];
  /** Columns that hold null in some rows. */
  readonly optional: readonly Said[];
  /** Keys to tables whose rows have labels. */
  readonly parents: readonly {
    readonly column: string;
    readonly target: string;
    readonly of: string;
  }[];
}

/** A category has at most so many values, each in two rows at least on average. */
const MOST_VALUES = 40;
/** Signs with a meaning in patterns; a name that has one is left out. */
const PATTERN_SIGNS = /[{}[\]|$#]/;

/** Reads the roles of every base table that has rows. */
export function schemaRoles(schema: Schema, database: Database): readonly TableRoles[] {
  const usable = schema.tables.filter(
    ({ name, rowCount }) => (rowCount ?? 0) > 0 && !PATTERN_SIGNS.test(name),
  );
  return usable.map((table) => tableRoles(table, schema, database));
}

function tableRoles(table: Table, schema: Schema, database: Database): TableRoles {
  const keys = new Set(table.foreignKeys.map(({ column }) => column.toLowerCase()));
  const plain = table.columns.filter(
    ({ name, primaryKey }) =>
      !keys.has(name.toLowerCase()) &&
      !PATTERN_SIGNS.test(name) &&
      !(primaryKey && /id$/i.test(name)),
  );
  const counts = new Map(plain.map((column) => [column, count(database, table, column)]));
  const rows = table.rowCount ?? 0;
  const texts = plain.filter(({ kind }) => kind === 'text');
  const distinct = (column: Column) => counts.get(column)?.distinct ?? 0;
  // Numbers of a kind that adds up to nothing: years, ranks, codes.
  const measures = plain.filter(
    ({ name, kind, primaryKey }) =>
      (kind === 'number' || kind === 'integer') &&
      !primaryKey &&
      !/(?:^|_)(?:id|year|code|no|number|rank|zip|phone)$/i.test(name),
  );
  const label =
    texts.find((column) => /name$|title$/i.test(column.name) && distinct(column) > rows * 0.8) ??
    texts.find((column) => distinct(column) === rows && rows > 1);
  return {
    table,
    sql: identifier(table.name),
    ...tableWords(table),
    label: label === undefined ? undefined : said(label),
    measures: measures.map(said),
    categories: texts
      .filter(
        (column) => column !== label && distinct(column) > 1 && distinct(column) <= MOST_VALUES,
      )
      .filter((column) => distinct(column) * 2 <= rows)
      .map(said),
    dates: plain.filter(({ kind }) => kind === 'date').map(said),
    optional: plain.filter((column) => (counts.get(column)?.missing ?? 0) > 0).map(said),
    parents: table.foreignKeys.flatMap(({ column, table: of, target }) =>
      findTable(schema, of) === undefined
        ? []
        : [{ column: identifier(column), target: identifier(target), of: of.toLowerCase() }],
    ),
  };
}

function count(database: Database, table: Table, column: Column) {
  const name = quoteIdentifier(column.name);
  return database
    .prepare(
      `select count(distinct ${name}) as "distinct", sum(${name} is null) as missing from ${quoteIdentifier(table.name)}`,
    )
    .get() as { distinct: number; missing: number };
}

function said(column: Column): Said {
  const named = nameWords(column.name).join(' ');
  const comment = shortComment(column.comment, 5);
  const words = comment === '' || comment === named ? named : `${comment}|${named}`;
  return { sql: identifier(column.name), words };
}

/** How a table is called by its name and, where that is a plain noun, by what it is said to mean. */
function tableWords(table: Table): { plural: string; singular: string } {
  const named = nameWords(table.name);
  const meant = shortComment(table.comment, MOST_NOUN_WORDS).split(' ').filter(Boolean);
  const either = (form: (words: readonly string[]) => string) => {
    const [name, meaning] = [form(named), form(meant)];
    return meant.length === 0 || NO_NOUN.test(meant.join(' ')) || meaning === name
      ? name
      : `[${meaning}|${name}]`;
  };
  return {
    singular: either((words) => withLast(words, singularOf)),
    plural: either((words) => withLast(words, (word) => pluralOf(singularOf(word)))),
  };
}

/** A phrase whose last word is not the one that tells the number: `prices of a day`, `people who manage`. */
const NO_NOUN =
  /\b(?:a|an|the|of|in|on|at|by|for|from|to|with|per|each|and|or|who|which|that|is|are)\b/i;
const MOST_NOUN_WORDS = 3;

function withLast(words: readonly string[], change: (word: string) => string): string {
  return [...words.slice(0, -1), change(words.at(-1) ?? '')].join(' ');
}

/** The English part of a comment, when it is short enough to stand in a question. */
function shortComment(comment: string, most: number): string {
  const text = (comment.split('|')[0] ?? '').split(/[:;,(（]/)[0]?.trim() ?? '';
  const length = text.split(/\s+/).length;
  const plain = /^[A-Za-z][A-Za-z'\s-]*$/.test(text);
  return plain && length <= most ? text.charAt(0).toLowerCase() + text.slice(1) : '';
}

function singularOf(word: string): string {
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  return /[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
