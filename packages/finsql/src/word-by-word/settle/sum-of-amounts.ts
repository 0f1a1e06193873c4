/** Chinese amounts that are meant added up without a word for it: 2024年放款金额, 制造业贷款余额. */
import { findTable } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { isPartOf, isReference } from '../columns/part-of.ts';
import {
  addsUp,
  columnOf,
  hasLabel,
  isKey,
  isLabel,
  isNumber,
  labelColumns,
} from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, columnOn, isMeasure, isTable, type Measure } from '../model/reading.ts';

/** What comes together, row by row. */
const AMOUNT =
  /(?:金额|总额|合计|数量|本金|利息|税额|折旧额?|手续费|费用|[保运房学会]费|佣金|租金|收入|支出)$|(?:^|_)(?:amount|amt|commission|premium|interest|tax|fee)$/iu;
/** What there is at one time. */
const STOCK = /(?:余额|欠款)$/u;
/** Days at which figures stand: those of several add up to nothing. */
const AS_OF =
  /报告|统计|截止|截至|快照|数据日|(?:净值|估值)[^率]*[日期]|期末|月末|年末|as_?of|snapshot|report/iu;

/** Of rows that are held to something, and nothing asks for each of them. */
export function sumOfAmounts(state: ParseState): void {
  const { asked, said, chinese } = state;
  const figures = asked.shown.flatMap((one) => (isMeasure(one) ? [] : one));
  const [first] = figures;
  if (!chinese || first === undefined || figures.length < asked.shown.length) return;
  const isOther =
    isForRows(state) ||
    asked.who ||
    asked.distinct ||
    asked.order !== undefined ||
    said.calls.length > 0 ||
    [asked.groups, asked.having].some((one) => one.length > 0);
  // 应还本金和实还本金的差额: one figure of each row tells nobody which row it is of.
  const isGap = first.minus !== undefined || (first.steps ?? []).some(({ sign }) => sign === '-');
  const isAsked = asked.asks === 'how-much' && asked.thing === undefined;
  const isHeld = asked.conditions.length > 0 || isGap || isAsked;
  if (isOther || !isHeld || isOfOneRow(state, first)) return;
  if (figures.every((one) => isSummed(state, one)))
    asked.shown = figures.map((of): Measure => ({ call: 'sum', of }));
}

/** 列出, 哪些; 统计 and 查询 may ask for one figure. */
function isForRows({ asked, phrases }: ParseState): boolean {
  return asked.listed || phrases.some((one) => isWord(one, 'list') && one.figures !== true);
}

/** J1的贷款余额: held to the name or the number of one row; 差旅费的报销金额 is of many. */
function isOfOneRow(state: ParseState, { table }: ColumnRef): boolean {
  const { asked, links } = state;
  return asked.conditions.some((one) => {
    const column = columnOn(one);
    if (column === undefined || one.kind !== 'compare' || one.sign !== '=') return false;
    const isTelling = isLabel(state, column) || (isKey(column) && !isReference(links, column));
    return isTelling && (isTable(column.table, table) || isPartOf(links, column.table, table));
  });
}

/** Whether it is the amount of rows that have no names of their own, and nobody asks for these rows. */
function isSummed(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, schema, links } = state;
  const column = columnOf(state, ref);
  const table = findTable(schema, ref.table);
  if (column === undefined || table === undefined) return false;
  // 制造业客户的贷款余额: of the many loans of those.
  const { thing = ref.table } = asked;
  if (!isTable(thing, ref.table) && !isPartOf(links, ref.table, thing)) return false;
  if (!isNumber(state, ref) || !addsUp(state, ref) || isKey(ref) || hasNames(state, ref.table))
    return false;
  // 2024年放款的贷款余额 is of the rows of that year; 2024年的贷款余额 is none of theirs.
  const isOfPeriod =
    said.periodOf === undefined && asked.conditions.some(({ kind }) => kind === 'between');
  const isAmount =
    ref.times !== undefined ||
    calledBy(column).some((name) => AMOUNT.test(name) || (!isOfPeriod && STOCK.test(name)));
  return isAmount && !table.columns.some((one) => calledBy(one).some((name) => AS_OF.test(name)));
}

/** Whether rows are called by a name, as companies are, and not by a number. */
function hasNames(state: ParseState, table: string): boolean {
  if (!hasLabel(state, table)) return false;
  const labels = labelColumns(state, table).flatMap((label) => columnOf(state, label) ?? []);
  return labels.some(
    ({ name, comment }) =>
      /名称$|姓名$|简称$|name$/i.test(name) || /名称$|姓名$|简称$/u.test(comment),
  );
}
