/**
 * What of the schema goes into the prompt. A schema that fits is shown whole. Otherwise columns
 * are taken in order of p(table needed) · p(column needed | table) until the budget is spent, with
 * the keys that join shown tables always in.
 */
import type { ScoredColumn } from '../retrieval/columns.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { missingLinks } from '../retrieval/tables.ts';
import { type Annotations, annotate } from './annotate.ts';
import { joinsAmong, keyLines, sparseKeys } from './keys.ts';
import { renderColumn, renderTable, type ShownColumn, type ShownTable } from './render.ts';

export interface Selection {
  /** Best first. */
  readonly tables: readonly ShownTable[];
  readonly keys: readonly string[];
  /** Tables, and columns of shown tables, that were left out. */
  readonly omitted: readonly string[];
}

export interface SelectOptions {
  /** Tokens that tables and keys may take. */
  readonly budget: number;
  /** Most tables when the schema doesn't fit. */
  readonly maxTables: number;
  readonly countTokens: (text: string) => number;
  /** `table` and `table.column`, folded, that must be shown (training: what gold uses). */
  readonly required?: ReadonlySet<string>;
}

/** A table that is this much less likely than the best one is left out. */
const LEAST_SHARE = 0.03;

/** Chooses tables, columns and keys. */
export function selectSchema(
  context: DatabaseContext,
  retrieval: Retrieval,
  options: SelectOptions,
): Selection {
  if (context.leastTokens <= options.budget) {
    const everything = retrieval.tables.map(({ name }) => name);
    const all = annotate(retrieval, everything);
    const whole = compose(context, retrieval, all, everything, () => true);
    if (cost(whole, options) <= options.budget) return whole;
  }
  const names = chooseTables(context, retrieval, options);
  const notes = annotate(retrieval, names);
  const keep = chooseColumns(context, retrieval, notes, names, options);
  return compose(context, retrieval, notes, names, keep);
}

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
  const spare = Math.max(
    1,
    options.maxTables - required.filter((name) => !ranked.includes(name)).length,
  );
  const bridges = sparseKeys(context)
    ? missingLinks(context, ranked.slice(0, 3), retrieval.tables).slice(0, 1)
    : [];
  const kept = new Set([...required, ...ranked.slice(0, spare), ...bridges]);
  return ranking.filter((name) => kept.has(name));
}

function chooseColumns(
  context: DatabaseContext,
  retrieval: Retrieval,
  notes: Annotations,
  names: readonly string[],
  options: SelectOptions,
): (table: string, column: string) => boolean {
  const scores = new Map(retrieval.tables.map(({ name, score }) => [name, score]));
  const joins = new Set(joinsAmong(context, retrieval, names));
  const empty = compose(context, retrieval, notes, names, () => false);
  let left = options.budget - cost(empty, options) - keyCost(context, joins, options);
  const queue = names.flatMap((table) =>
    retrieval.columnsOf(table).map((column) => {
      const id = `${table}.${column.name}`;
      return {
        id,
        text: ` ${renderColumn(shown(notes, table, column))},`,
        forced: options.required?.has(id) === true ? 2 : joins.has(id) ? 1 : 0,
        utility: (0.05 + (scores.get(table) ?? 0)) * (0.1 + column.score),
      };
    }),
  );
  queue.sort((a, b) => b.forced - a.forced || b.utility - a.utility);
  const chosen = new Set<string>();
  for (const { id, text, forced } of queue) {
    const tokens = options.countTokens(text);
    if (forced === 0 && tokens > left) continue;
    chosen.add(id);
    left -= tokens;
  }
  return (table, column) => chosen.has(`${table}.${column}`);
}

/** The selection in which exactly the columns with `keep` are shown. */
function compose(
  context: DatabaseContext,
  retrieval: Retrieval,
  notes: Annotations,
  names: readonly string[],
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
  return { tables, keys: keyLines(context, tables), omitted };
}

function shown(notes: Annotations, table: string, { column, name }: ScoredColumn): ShownColumn {
  return {
    name,
    kind: column.kind,
    values: notes.values(table, name),
    note: notes.note(table, name, column.comment),
  };
}

/** Key lines come after the columns are known; about one line of four names for two joined columns. */
function keyCost(
  context: DatabaseContext,
  joins: ReadonlySet<string>,
  options: SelectOptions,
): number {
  if (!sparseKeys(context)) return 0;
  return [...joins].reduce((sum, id) => sum + options.countTokens(`${id} = `), 0) / 1.5;
}

function cost(selection: Selection, options: SelectOptions): number {
  const lines = [...selection.tables.map(renderTable), ...selection.keys];
  return lines.reduce((sum, line) => sum + options.countTokens(`${line}\n`), 0);
}
