/** A period that is counted from today, `last year`, over data that end before it: nothing is found then. */
import { askedColumns } from '../calibrate/asked-columns.ts';
import { dateFormOf } from '../calibrate/date-forms.ts';
import { isNothing } from '../consistency/flaws.ts';
import type { FoundRows } from '../find-rows.ts';
import type { Quantity } from '../retrieval/quantities.ts';
import { runStatement, type StatementRunner } from '../run-statement.ts';
import { quoteIdentifier } from '../schema/identifiers.ts';
import type { Column, Schema, Table } from '../schema/schema.ts';
import { whereClauses } from '../sql/conditions.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import type { Caution } from '../wording/messages.ts';

interface DateColumn {
  readonly table: Table;
  readonly column: Column;
}

/** A year, a month or a day, perhaps with a time. */
const FIRST_TO_LAST = /^\d{4}(?:-\d\d){0,2}(?![\d-])/;

/** What is to be said where the one date column of the conditions has no day in the one such period. */
export async function outsideData(
  { sql, result, failure }: FoundRows,
  quantities: readonly Quantity[],
  schema: Schema,
  runner: StatementRunner,
): Promise<Caution[]> {
  const [period, ...others] = quantities.filter((one) => one.kind === 'period');
  if (failure !== null || !isNothing(result)) return [];
  if (period?.relative !== true || others.length > 0) return [];
  // A statement that asks of another period finds nothing for another reason.
  if (!sql.includes(period.from.slice(0, 4)) && !/'now'/i.test(sql)) return [];
  const dates = dateColumn(sql, schema);
  const range = dates && (await rangeOf(dates, runner));
  if (dates === undefined || range === undefined) return [];
  const { text, from, to } = period;
  const [first, last] = range;
  const isOutside = to.slice(0, first.length) < first || from.slice(0, last.length) > last;
  const column = `${dates.table.name}.${dates.column.name}`;
  return isOutside ? [{ code: 'outside-data', text, from, to, column, first, last }] : [];
}

/** The only column of dates, or of years, in the conditions. */
function dateColumn(sql: string, schema: Schema): DateColumn | undefined {
  const tokens = tokenizeSql(sql);
  const conditions = new Set(
    whereClauses(tokens)
      .flat()
      .map(({ start }) => start),
  );
  const found = new Map<Column, DateColumn>();
  for (const { at, column, reference } of askedColumns(tokens, schema)) {
    const { table } = reference;
    const isAsked = conditions.has(tokens[at]?.start ?? -1);
    if (table !== undefined && isAsked && holdsDates(column)) found.set(column, { table, column });
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

function holdsDates(column: Column): boolean {
  const { kind, samples } = column;
  const areYears = samples.length > 0 && samples.every((value) => /^(?:19|20)\d\d$/.test(value));
  return kind === 'date' || areYears || dateFormOf(column) !== undefined;
}

/** The first and the last day, month or year; undefined where they are not stored as such, or not to be had. */
async function rangeOf(
  { table, column }: DateColumn,
  runner: StatementRunner,
): Promise<readonly [string, string] | undefined> {
  const name = quoteIdentifier(column.name);
  const day = dateFormOf(column)?.day(name) ?? name;
  const done = await runStatement(
    `select min(${day}), max(${day}) from ${quoteIdentifier(table.name)}`,
    runner,
  );
  const [row = []] = 'result' in done ? done.result.rows : [];
  const [first, last] = row.map((cell) => FIRST_TO_LAST.exec(String(cell))?.[0]);
  return first === undefined || last === undefined ? undefined : [first, last];
}
