/**
 * What of the schema goes into the prompt. A schema that fits is shown whole. Otherwise columns
 * are taken in order of p(table needed) · p(column needed | table) until the budget is spent, with
 * the keys that join shown tables, the best column of each, and, where few questions are known, a date of the
 * best table for a period that the question names, always in.
 */
import { columnUtility, type ScoredColumn } from '../retrieval/columns.ts';
import type { DatabaseContext, Link } from '../retrieval/context.ts';
import { isFamiliar } from '../retrieval/familiar.ts';
import { connectingTables } from '../retrieval/join-path.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { missingLinks } from '../retrieval/tables.ts';
import { nameWords } from '../retrieval/words.ts';
import type { ColumnKind } from '../schema/schema.ts';
import { type Annotations, annotate } from './annotate.ts';
import { endsOf, keyLine, linksAmong } from './keys.ts';
import { renderColumn, renderTable, type ShownColumn, type ShownTable } from './render.ts';

export interface Selection {
  /** Best first. */
  readonly tables: readonly ShownTable[];
  readonly keys: readonly string[];
  /** Tables, and columns of shown tables, that were left out. */
  readonly omitted: readonly string[];
  /** Keys between shown tables that are not stated. */
  readonly omittedKeys: readonly string[];
}

export interface SelectOptions {
  /** Tokens that tables and keys may take. */
  readonly budget: number;
  /** Most tables when the schema doesn't fit. */
  readonly maxTables: number;
  readonly countTokens: (text: string) => number;
  /** Whether comments stand beside names. */
  readonly notes: boolean;
  /** Whether what each column holds stands beside it. */
  readonly legends: boolean;
  /** `table` and `table.column`, folded, that must be shown (training: what gold uses). */
  readonly required?: ReadonlySet<string>;
}

/** A table that is this much less likely than the best one is left out. */
const LEAST_SHARE = 0.03;
const MOST_KEYS = 6;
/** Stated keys when the schema doesn't fit: each takes a line. */
const FEW_KEYS = 3;
/** Among so many of the best tables the middle of a many-to-many is looked for. */
const CONNECTED = 3;
/** Columns that each shown table has at least. */
const FEWEST_COLUMNS = 1;

/** Chooses tables, columns and keys. */
export function selectSchema(
  context: DatabaseContext,
  retrieval: Retrieval,
  options: SelectOptions,
): Selection {
  if (context.leastTokens <= options.budget) {
    const everything = retrieval.tables.map(({ name }) => name);
    const links = linksAmong(context, retrieval, everything).slice(0, MOST_KEYS);
    const notes = annotate(context, retrieval, everything, options);
    const whole = compose(context, retrieval, notes, everything, links, () => true);
    if (cost(whole, options) <= options.budget) return whole;
  }
  let names = chooseTables(context, retrieval, options);
  for (;;) {
    const links = linksAmong(context, retrieval, names).slice(0, FEW_KEYS);
    const notes = annotate(context, retrieval, names, options);
    const keep = chooseColumns(context, retrieval, notes, names, links, options);
    const selection = compose(context, retrieval, notes, names, links, keep);
    const last = names.at(-1) ?? '';
    const crowded = cost(selection, options) > options.budget && names.length > 2;
    if (!crowded || options.required?.has(last) === true) return selection;
    names = names.slice(0, -1);
  }
}

/** Best first, with the tables that keys lead through from one of the best to another. */
function chooseTables(
  context: DatabaseContext,
  retrieval: Retrieval,
  options: SelectOptions,
): string[] {
  const ranking = retrieval.tables.map(({ name }) => name);
  const required = ranking.filter((name) => options.required?.has(name));
  const best = retrieval.tables[0]?.score ?? 0;
  const ranked = retrieval.tables
    .filter(({ score }, index) => index === 0 || score >= LEAST_SHARE * best)
    .slice(0, options.maxTables)
    .map(({ name }) => name);
  const extra = required.filter((name) => !ranked.includes(name)).length;
  const spare = Math.max(1, options.maxTables - extra);
  const kept = new Set([
    ...required,
    ...ranked.slice(0, spare),
    ...bridges(context, retrieval, ranked),
  ]);
  return ranking.filter((name) => kept.has(name));
}

/** The likeliest middle of a many-to-many among the best, and every step from the best table to the next. */
function bridges(
  context: DatabaseContext,
  retrieval: Retrieval,
  ranked: readonly string[],
): string[] {
  if (!context.sparseKeys) return [];
  const ranking = retrieval.tables.map(({ name }) => name);
  const steps = connectingTables(context.links, ranked.slice(0, 2), ranking);
  const middles = missingLinks(context, ranked.slice(0, CONNECTED), retrieval.tables).slice(0, 1);
  return steps.length > 1 ? [...steps, ...middles] : middles;
}

function chooseColumns(
  context: DatabaseContext,
  retrieval: Retrieval,
  notes: Annotations,
  names: readonly string[],
  links: readonly Link[],
  options: SelectOptions,
): (table: string, column: string) => boolean {
  const scores = new Map(retrieval.tables.map(({ name, score }) => [name, score]));
  const joins = new Set(links.flatMap(endsOf));
  const queue = names.flatMap((table) => {
    const columns = retrieval.columnsOf(table);
    const firsts = [...columns].sort((a, b) => b.score - a.score).slice(0, FEWEST_COLUMNS);
    return columns.map((column) => {
      const id = `${table}.${column.name}`;
      const forced = options.required?.has(id) === true || joins.has(id) || firsts.includes(column);
      return {
        id,
        forced,
        text: ` ${renderColumn(shown(notes, table, column))},`,
        utility: columnUtility(scores.get(table) ?? 0, column.score),
      };
    });
  });
  queue.sort((a, b) => b.utility - a.utility);
  const fill = (always: readonly string[]): ReadonlySet<string> => {
    const chosen = new Set([
      ...queue.filter(({ forced }) => forced).map(({ id }) => id),
      ...always,
    ]);
    const first = compose(context, retrieval, notes, names, links, (table, column) =>
      chosen.has(`${table}.${column}`),
    );
    let left = options.budget - cost(first, options);
    for (const { id, text } of queue) {
      const tokens = options.countTokens(text);
      if (chosen.has(id) || tokens > left) continue;
      chosen.add(id);
      left -= tokens;
    }
    return chosen;
  };
  // Known questions tell which dates a question needs.
  const dates = isFamiliar(context) ? [] : datesAsked(retrieval, names);
  const likeliest = fill([]);
  const lacksDate = dates.length > 0 && !dates.some((id) => likeliest.has(id));
  const chosen = lacksDate ? fill(dates.slice(0, 1)) : likeliest;
  return (table, column) => chosen.has(`${table}.${column}`);
}

/** Dates of the best table, best first, where the question names a period: seldom does it name the column. */
function datesAsked(retrieval: Retrieval, [best]: readonly string[]): string[] {
  if (best === undefined || !retrieval.quantities.some(({ kind }) => kind === 'period')) return [];
  return retrieval
    .columnsOf(best)
    .filter(({ column, name }) => column.kind === 'date' || isYear(column.kind, name))
    .toSorted((a, b) => b.score - a.score)
    .map(({ name }) => `${best}.${name}`);
}

/** Not a figure for a period, as `return_this_year` is. */
function isYear(kind: ColumnKind, name: string): boolean {
  return kind !== 'number' && /(?:^|_)year$|年份$|年度$/.test(name);
}

/** The selection in which exactly the columns with `keep` are shown. */
function compose(
  context: DatabaseContext,
  retrieval: Retrieval,
  notes: Annotations,
  names: readonly string[],
  links: readonly Link[],
  keep: (table: string, column: string) => boolean,
): Selection {
  const omitted = retrieval.tables.map(({ name }) => name).filter((name) => !names.includes(name));
  const tables = names.map((name): ShownTable => {
    const comment = context.lexicon.tables.find((entry) => entry.name === name)?.table.comment;
    const columns = retrieval.columnsOf(name);
    const kept = columns.filter((column) => keep(name, column.name));
    for (const column of columns) {
      if (!kept.includes(column)) omitted.push(`${name}.${column.name}`);
    }
    return {
      name,
      note: notes.note(name, undefined, comment ?? ''),
      columns: kept.map((column) => shown(notes, name, column)),
    };
  });
  const keys = context.sparseKeys ? links.map(keyLine) : [];
  const omittedKeys = context.links
    .filter(({ table, target }) => names.includes(table) && names.includes(target))
    .map(keyLine)
    .filter((line) => !keys.includes(line));
  return { tables, keys, omitted, omittedKeys: [...new Set(omittedKeys)] };
}

function shown(notes: Annotations, table: string, { column, name }: ScoredColumn): ShownColumn {
  const values = notes.values(table, name);
  // Names are shown folded: LifeExpectancy is no longer two words.
  const said = column.comment || nameWords(column.name).join(' ');
  const note = notes.legend(column, values) || notes.note(table, name, said);
  return { name, kind: column.kind, values, note };
}

function cost(selection: Selection, options: SelectOptions): number {
  const lines = [...selection.tables.map(renderTable), ...selection.keys];
  return lines.reduce((sum, line) => sum + options.countTokens(`${line}\n`), 0);
}
