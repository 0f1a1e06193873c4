/**
 * Schema → patterns that hold for any database: lists, filters, ranges, dates, missing values,
 * aggregates, groups, extremes, comparisons with the average, and the same across one or two keys.
 * Where people's own words matter, a folder of patterns takes their place.
 */
import type { Database } from '../../database/sqlite.ts';
import type { Schema } from '../../schema/schema.ts';
import { datePatterns, measurePatterns } from './column-patterns.ts';
import { joinPatterns } from './join-patterns.ts';
import { PatternDraft, type PatternSet, words } from './pattern-draft.ts';
import { schemaRoles, type TableRoles } from './schema-roles.ts';

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
