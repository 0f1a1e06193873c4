/** What is owed: a balance that a column holds, or the amounts of rows that are not paid. */
import { findTable } from '../../schema/schema.ts';
import { isPartOf } from '../columns/part-of.ts';
import { isQuantity } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type ColumnRef, columnIn, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { storedNames } from '../names/stored-days.ts';

const OWED =
  /^(?:outstanding|owed|debt|balance|amount_?(?:due|owed|outstanding)|(?:outstanding|current|loan|principal)_?balance|outst)(?:_?(?:amount|amt|k|usd|eur|gbp|cents))?$/i;

/** The one balance of things or of rows of theirs; undefined where there is none, or several. */
export function owedFigure(state: ParseState, thing: string): ColumnRef | undefined {
  const found = state.schema.tables
    .filter(({ name }) => isTable(name, thing) || isPartOf(state.links, name, thing))
    .flatMap(({ name: table, columns }) =>
      columns.filter(({ name }) => OWED.test(name)).map((one) => ({ table, column: one.name })),
    )
    .filter((ref) => isQuantity(state, ref));
  const [only, ...others] = found;
  return others.length === 0 ? only : undefined;
}

/**
 * Holds rows to those that are not paid, where their figure is no balance.
 * @throws Unread where nothing tells which are paid
 */
export function holdToOwed(state: ParseState): void {
  const { asked, said, schema } = state;
  if (!said.owed) return;
  const by = asked.order?.by ?? asked.having[0]?.measure;
  const figure =
    asked.shown.find(isMeasure) ?? (by !== undefined && isMeasure(by) ? by : undefined);
  const of = figure && columnIn(figure);
  if (of === undefined || figure?.call !== 'sum') unread('what is owed');
  if (OWED.test(of.column)) return;
  const table = findTable(schema, of.table);
  const days = (table?.columns ?? []).filter((one) =>
    (table === undefined ? [] : storedNames(table, one)).some(({ text }) => text === 'unpaid'),
  );
  const [paid, ...others] = days;
  if (paid === undefined || others.length > 0) unread('what is owed');
  const column = { table: of.table, column: paid.name };
  const isSaid = asked.conditions.some(
    (one) =>
      one.kind === 'stored' &&
      isTable(one.column.table, of.table) &&
      one.column.column === paid.name,
  );
  if (!isSaid) asked.conditions.push({ kind: 'stored', column, not: true });
}
