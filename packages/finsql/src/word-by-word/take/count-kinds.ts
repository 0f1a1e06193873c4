/** Rows of a kind that are counted by its name alone: `more than 5 deposits`, `the most refunds`. */
import { isPartOf } from '../columns/part-of.ts';
import { isLabel } from '../columns/schema-columns.ts';
import { ahead, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isMeasure, isTable } from '../model/reading.ts';
import { asCompared, asMost } from './count-rows.ts';
import { rowsNamedBy } from './rows-of-kinds.ts';

/** What rows are called by, and whether it is said in the plural. */
interface KindSaid {
  readonly value: string;
  readonly plural: true | undefined;
}

/** @returns whether the rows are counted that a stored text names: in the plural, or as one of their classes */
export function countsRowsOfKind(
  state: ParseState,
  { plural, value, ...column }: ColumnRef & KindSaid,
): boolean {
  const { asked, said, chinese } = state;
  const isMore = /^(?:table|column|names|value|flag)$/.test(ahead(state)[0]?.kind ?? '');
  const named = rowsNamedBy(state, column);
  // `more than one deposit`.
  const isSaidSo = plural === true || (said.number?.form === 'plain' && said.number.value === 1);
  const isKind = named !== undefined || (isSaidSo && !isLabel(state, column));
  if (chinese || isMore || !isKind || said.calls.length > 0) return false;
  const rows = named ?? column.table;
  const isBound = said.sign !== undefined && said.number?.form === 'plain';
  const isMost = said.extreme?.of === 'count' && !isNothingAsked(asked);
  if (!(isBound || isMost) || !areOfAsked(state, rows)) return false;
  asked.tables.push(rows);
  asked.conditions.push({ kind: 'compare', column, sign: '=', value });
  return isBound ? asCompared(state, rows) : asMost(state, rows);
}

/** Whether the rows are those of the things, or of the kinds, that are asked for. */
function areOfAsked({ asked, links }: ParseState, table: string): boolean {
  const { thing, shown } = asked;
  const isAbove = (one: string) => !isTable(one, table) && isPartOf(links, table, one);
  if (thing !== undefined) return isAbove(thing);
  return shown.every(
    (item) => !isMeasure(item) && (isTable(item.table, table) || isAbove(item.table)),
  );
}
