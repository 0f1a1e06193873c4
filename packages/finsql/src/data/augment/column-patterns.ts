/** Patterns about one table's numbers, and about its dates. */
import { type PatternDraft, words } from './pattern-draft.ts';
import type { Said, TableRoles } from './schema-roles.ts';

/** Aggregates, thresholds, extremes, averages and ratios of the numbers. */
export function measurePatterns(table: TableRoles, draft: PatternDraft): void {
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

/** Years, ranges, first and last of a date. */
export function datePatterns(table: TableRoles, date: Said, draft: PatternDraft): void {
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
