/**
 * Schema → patterns that hold for any database: lists, filters, ranges, dates, missing values,
 * aggregates, groups, extremes, comparisons with the average, and the same across one or two keys.
 * Where people's own words matter, a pattern file says more; both can be drawn from together.
 */
import type { Database } from '../../database/sqlite.ts';
import { quote } from '../../schema/identifiers.ts';
import type { Schema } from '../../schema/schema.ts';
import { joinPatterns } from './join-patterns.ts';
import type { Pattern } from './pattern-file.ts';
import { type Said, schemaRoles, type TableRoles } from './schema-roles.ts';
import type { SlotFile } from './slots.ts';

/** Patterns and the slots that they name. */
export interface PatternSet {
  readonly patterns: readonly Pattern[];
  readonly slots: SlotFile;
}

/** Collects patterns and gives each list of entries a slot name. */
export class PatternDraft {
  readonly patterns: Pattern[] = [];
  readonly slots: SlotFile = { ...SHARED_SLOTS };
  readonly #names = new Map<string, string>();

  /** The slot of a column's stored values. */
  values(table: TableRoles, column: Said): string {
    const from = quote(table.table.name);
    return this.#slot(`values ${table.sql}.${column.sql}`, () => ({
      query: `select distinct ${column.sql} from ${from} where ${column.sql} is not null limit 300`,
      names: false,
    }));
  }

  /** The slot of the years that a date column has. */
  years(table: TableRoles, column: Said): string {
    const from = quote(table.table.name);
    return this.#slot(`years ${table.sql}.${column.sql}`, () => ({
      query: `select distinct substr(${column.sql}, 1, 4) from ${from} where ${column.sql} is not null order by 1`,
      names: false,
    }));
  }

  /** The slot of some columns of one table, with thresholds from its figures. */
  columns(table: TableRoles, columns: readonly Said[]): string {
    const key = `columns ${table.sql} ${columns.map(({ sql }) => sql).join()}`;
    return this.#slot(key, () => ({
      table: table.table.name,
      unit: 'plain',
      sql: columns.map(({ sql, words }): [string, string] => [sql, words]),
    }));
  }

  add(name: string, wordings: readonly string[], sql: string): void {
    this.patterns.push({ name, weight: 1, wordings: { en: wordings, zh: [] }, sql });
  }

  #slot(key: string, make: () => SlotFile[string]): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    // Names of slots have letters only: what follows them counts entries.
    const letters = [...String(this.#names.size)].map((digit) => 'abcdefghij'[Number(digit)]);
    const name = `slot_${letters.join('')}`;
    this.#names.set(key, name);
    this.slots[name] = make();
    return name;
  }
}

const SHARED_SLOTS: SlotFile = {
  more: {
    unit: 'plain',
    sql: [
      ['>', 'more than|over|above'],
      ['<', 'less than|under|below'],
      ['>=', 'at least'],
      ['<=', 'at most'],
    ],
  },
  order: {
    unit: 'plain',
    sql: [
      ['desc', 'highest|largest'],
      ['asc', 'lowest|smallest'],
    ],
  },
  figure: {
    unit: 'plain',
    sql: [
      ['avg', 'average'],
      ['sum', 'total'],
      ['max', 'highest|maximum'],
      ['min', 'lowest|minimum'],
    ],
  },
  top: [
    [2, 'two'],
    [3, 'three'],
    [5, 'five'],
    [10, 'ten'],
  ],
  few: [
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
  ],
};

/** Patterns for every table and every key of a schema; views are left out. */
export function schemaPatterns(schema: Schema, database: Database): PatternSet {
  const roles = schemaRoles(schema, database);
  const draft = new PatternDraft();
  for (const table of roles) tablePatterns(table, draft);
  joinPatterns(roles, draft);
  return { patterns: draft.patterns, slots: draft.slots };
}

function tablePatterns(table: TableRoles, draft: PatternDraft): void {
  const { sql, plural, singular, label } = table;
  const add = (intent: string, wordings: readonly string[], statement: string) =>
    draft.add(`${sql}: ${intent}`, wordings, statement);
  add(
    'count',
    [`How many ${plural} are there?`, `Count the ${plural}.`],
    `select count(*) from ${sql}`,
  );
  for (const category of table.categories) {
    const value = draft.values(table, category);
    const by = words(category);
    const on = category.sql;
    add(
      'kinds',
      [
        `Which [different|] ${by} values are there among the ${plural}?`,
        `List the different values of ${by} of the ${plural}.`,
      ],
      `select distinct ${on} from ${sql}`,
    );
    add(
      'kinds, count',
      [`How many different ${by} values do the ${plural} have?`],
      `select count(distinct ${on}) from ${sql}`,
    );
    add(
      'count where',
      [
        `How many ${plural} have [the|] ${by} {${value}}?`,
        `Count the ${plural} whose ${by} is {${value}}.`,
      ],
      `select count(*) from ${sql} where ${on} = {${value}}`,
    );
    add(
      'count per',
      [`How many ${plural} are there [for each|per] ${by}?`, `Count the ${plural} by ${by}.`],
      `select ${on}, count(*) from ${sql} group by ${on}`,
    );
    add(
      'most',
      [`Which ${by} has the most ${plural}?`, `What is the most frequent ${by} of the ${plural}?`],
      `select ${on} from ${sql} group by ${on} order by count(*) desc limit 1`,
    );
    add(
      'more than',
      [`Which ${by} values have more than {few} ${plural}?`],
      `select ${on} from ${sql} group by ${on} having count(*) > {few}`,
    );
    if (table.measures.length > 0) {
      const m = draft.columns(table, table.measures);
      add(
        'aggregate per',
        [
          `What is the {figure} {${m}} of the ${plural} [for each|per|by] ${by}?`,
          `[Show|Give] the {figure} {${m}} by ${by}.`,
        ],
        `select ${on}, {figure}({${m}}) from ${sql} group by ${on}`,
      );
      add(
        'aggregate where',
        [`What is the {figure} {${m}} of ${plural} whose ${by} is {${value}}?`],
        `select {figure}({${m}}) from ${sql} where ${on} = {${value}}`,
      );
      add(
        'best group',
        [`Which ${by} has the {order} average {${m}} of its ${plural}?`],
        `select ${on} from ${sql} group by ${on} order by avg({${m}}) {order} limit 1`,
      );
      add(
        'groups above',
        [`Which ${by} values have an average {${m}} {more} {${m}.at}?`],
        `select ${on} from ${sql} group by ${on} having avg({${m}}) {more} {${m}.at}`,
      );
    }
    if (label === undefined) continue;
    const name = label.sql;
    add(
      'where',
      [
        `Which ${plural} have [the|] ${by} {${value}}?`,
        `List the ${words(label)} of [all|] ${plural} whose ${by} is {${value}}.`,
      ],
      `select ${name} from ${sql} where ${on} = {${value}}`,
    );
    add(
      'where not',
      [`Which ${plural} have another ${by} than {${value}}?`],
      `select ${name} from ${sql} where ${on} != {${value}}`,
    );
    add(
      'either',
      [`Which ${plural} have [the|] ${by} {${value}} or {${value}2}?`],
      `select ${name} from ${sql} where ${on} in ({${value}}, {${value}2})`,
    );
  }
  if (table.measures.length > 0) measurePatterns(table, draft);
  for (const date of table.dates) datePatterns(table, date, draft);
  for (const column of table.optional) {
    add(
      'missing, count',
      [`How many ${plural} have no ${words(column)}?`],
      `select count(*) from ${sql} where ${column.sql} is null`,
    );
    if (label !== undefined)
      add(
        'missing',
        [
          `Which ${plural} have no ${words(column)}?`,
          `List the ${plural} without ${words(column)}.`,
        ],
        `select ${label.sql} from ${sql} where ${column.sql} is null`,
      );
  }
  if (label === undefined) return;
  const value = draft.values(table, label);
  const others = [...table.measures, ...table.categories, ...table.dates];
  add(
    'list',
    [`List the ${words(label)} of all ${plural}.`, `Show [all|the] ${plural} by ${words(label)}.`],
    `select ${label.sql} from ${sql}`,
  );
  add(
    'like',
    [`Which ${plural} have a ${words(label)} that contains {${value}!}?`],
    `select ${label.sql} from ${sql} where ${label.sql} like '%{${value}!}%'`,
  );
  if (others.length === 0) return;
  const other = draft.columns(table, others);
  add(
    'look up',
    [
      `What is the {${other}} of {${value}}?`,
      `[Give|Show] the {${other}} of the ${singular} {${value}}.`,
    ],
    `select {${other}} from ${sql} where ${label.sql} = {${value}}`,
  );
  add(
    'list two',
    [`[List|Show] ${words(label)} and {${other}} of [all|the] ${plural}.`],
    `select ${label.sql}, {${other}} from ${sql}`,
  );
}

function measurePatterns(table: TableRoles, draft: PatternDraft): void {
  const { sql, plural, singular, label } = table;
  const m = draft.columns(table, table.measures);
  const add = (intent: string, wordings: readonly string[], statement: string) =>
    draft.add(`${sql}: ${intent}`, wordings, statement);
  add(
    'aggregate',
    [
      `What is the {figure} {${m}} of [all|the] ${plural}?`,
      `[Give|Compute] the {figure} {${m}} over all ${plural}.`,
    ],
    `select {figure}({${m}}) from ${sql}`,
  );
  add(
    'count above',
    [`How many ${plural} have a {${m}} [of|] {more} {${m}.at}?`],
    `select count(*) from ${sql} where {${m}} {more} {${m}.at}`,
  );
  add(
    'count above average',
    [`How many ${plural} have a {${m}} above [the|] average?`],
    `select count(*) from ${sql} where {${m}} > (select avg({${m}}) from ${sql})`,
  );
  if (label === undefined) return;
  const name = label.sql;
  add(
    'above',
    [
      `Which ${plural} have a {${m}} [of|] {more} {${m}.at}?`,
      `[List|Name] the ${plural} with a {${m}} {more} {${m}.at}.`,
    ],
    `select ${name} from ${sql} where {${m}} {more} {${m}.at}`,
  );
  add(
    'between',
    [`Which ${plural} have a {${m}} between {${m}.at_low} and {${m}.at_high}?`],
    `select ${name} from ${sql} where {${m}} between {${m}.at_low} and {${m}.at_high}`,
  );
  add(
    'extreme',
    [
      `Which ${singular} has the {order} {${m}}?`,
      `[Name|What is] the ${singular} with the {order} {${m}}?`,
    ],
    `select ${name} from ${sql} order by {${m}} {order} limit 1`,
  );
  add(
    'top',
    [
      `Which {top} ${plural} have the {order} {${m}}?`,
      `[List|Name] the {top} ${plural} with the {order} {${m}}.`,
    ],
    `select ${name} from ${sql} order by {${m}} {order} limit {top}`,
  );
  add(
    'top, both',
    [`[Show|List] ${words(label)} and {${m}} of the {top} ${plural} with the {order} {${m}}.`],
    `select ${name}, {${m}} from ${sql} order by {${m}} {order} limit {top}`,
  );
  add(
    'above average',
    [
      `Which ${plural} have a {${m}} above [the|] average?`,
      `[List|Name] the ${plural} with more {${m}} than average.`,
    ],
    `select ${name} from ${sql} where {${m}} > (select avg({${m}}) from ${sql})`,
  );
  add(
    'ordered',
    [`[List|Show] the ${plural} in order of {${m}}, {order} first.`],
    `select ${name} from ${sql} order by {${m}} {order}`,
  );
  add(
    'ratio',
    [`What is the {${m}} divided by the {${m}2} of each ${singular}?`],
    `select ${name}, {${m}} * 1.0 / {${m}2} from ${sql}`,
  );
}

function datePatterns(table: TableRoles, date: Said, draft: PatternDraft): void {
  const { sql, plural, singular, label } = table;
  const year = draft.years(table, date);
  const on = date.sql;
  const by = words(date);
  const add = (intent: string, wordings: readonly string[], statement: string) =>
    draft.add(`${sql}: ${intent}`, wordings, statement);
  add(
    'count in year',
    [`How many ${plural} have a ${by} in {${year}!}?`],
    `select count(*) from ${sql} where ${on} like '{${year}!}-%'`,
  );
  add(
    'count per year',
    [`How many ${plural} are there [for each|per|by] year of ${by}?`],
    `select strftime('%Y', ${on}), count(*) from ${sql} group by strftime('%Y', ${on})`,
  );
  add(
    'first and last',
    [`What are the earliest and the latest ${by} of [all|the] ${plural}?`],
    `select min(${on}), max(${on}) from ${sql}`,
  );
  if (label === undefined) return;
  const name = label.sql;
  add(
    'in year',
    [
      `Which ${plural} have a ${by} in {${year}!}?`,
      `List the ${plural} with a ${by} in {${year}!}.`,
    ],
    `select ${name} from ${sql} where ${on} like '{${year}!}-%'`,
  );
  add(
    'before',
    [`Which ${plural} have a ${by} before {${year}!}?`],
    `select ${name} from ${sql} where ${on} < '{${year}!}-01-01'`,
  );
  add(
    'after',
    [`Which ${plural} have a ${by} after {${year}!}?`],
    `select ${name} from ${sql} where ${on} > '{${year}!}-12-31'`,
  );
  add(
    'range',
    [`Which ${plural} have a ${by} between {${year}!} and {${year}2!}?`],
    `select ${name} from ${sql} where ${on} between '{${year}!}-01-01' and '{${year}2!}-12-31'`,
  );
  add(
    'latest',
    [`Which ${singular} has the latest ${by}?`],
    `select ${name} from ${sql} order by ${on} desc limit 1`,
  );
  add(
    'earliest',
    [`Which ${singular} has the earliest ${by}?`],
    `select ${name} from ${sql} order by ${on} asc limit 1`,
  );
}

/** A column's words as a choice within a phrase. */
export function words(column: Said): string {
  return column.words.includes('|') ? `[${column.words}]` : column.words;
}
