/** Figures of a part of the rows as SQL: in percent of all, and of one period against another. */
import type { Change, ColumnCondition, Measure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { repeatsRows } from './repeated-rows.ts';
import { aliasOf, type Scope, writeColumn } from './write-columns.ts';
import { writeCondition } from './write-conditions.ts';

/**
 * The part that meets the conditions against all; each group against all groups where there are none.
 * @throws Unread where a join would count or add up the same thing several times
 */
export function writeShare(
  scope: Scope,
  measure: Measure,
  conditions: readonly ColumnCondition[],
): string {
  const figure = figureOf(scope, measure);
  const all = measure.of === undefined ? 'count(*)' : `sum(${figure})`;
  if (conditions.length === 0) return `100.0 * ${all} / sum(${all}) over ()`;
  return `100.0 * ${partOf(scope, 'sum', figure, conditions)} / ${all}`;
}

/** @throws Unread as `writeShare` */
export function writeChange(scope: Scope, measure: Measure, change: Change): string {
  const figure = figureOf(scope, measure);
  const call = measure.call === 'avg' ? 'avg' : 'sum';
  const [from, to] = [change.from, change.to].map((one) => partOf(scope, call, figure, [one]));
  return change.inPercent ? `100.0 * (${to} - ${from}) / ${from}` : `${to} - ${from}`;
}

/**
 * What the rows that meet the conditions come to, beside others of the same groups.
 * @throws Unread as `writeShare`, and for the most or the least of them
 */
export function writeHeld(
  scope: Scope,
  measure: Measure,
  conditions: readonly ColumnCondition[],
): string {
  const { call, distinct } = measure;
  if (call === 'min' || call === 'max' || call === 'range' || distinct)
    unread('the most of a part');
  return partOf(scope, call === 'avg' ? 'avg' : 'sum', figureOf(scope, measure), conditions);
}

/** What is added up: 1 of each row that is counted. */
function figureOf(scope: Scope, { of, rows = scope.thing }: Measure): string {
  if (repeatsRows(scope.joined, of?.table ?? rows, scope.schema)) unread('a part of repeated rows');
  return of === undefined ? '1' : writeColumn(scope, of);
}

function partOf(
  scope: Scope,
  call: 'sum' | 'avg',
  figure: string,
  conditions: readonly ColumnCondition[],
): string {
  const isSo = conditions
    .map((one) => writeCondition(one, (table) => aliasOf(scope, table)))
    .join(' and ');
  // A mean is over the part alone.
  return `${call}(case when ${isSo} then ${figure}${call === 'sum' ? ' else 0' : ''} end)`;
}
