/** Chinese amounts that are meant added up without a word for it: 2024年放款金额, 制造业贷款余额. */
import { findTable } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { addsUp, columnOf, hasLabel, isKey, isNumber } from '../columns/schema-columns.ts';
import { isListing, type ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isMeasure } from '../model/reading.ts';
import { isOfOne } from './of-one-row.ts';

/** What comes together, row by row. */
const AMOUNT = /(?:金额|合计|本金|利息|税额|手续费|保费|佣金|运费|租金)$/u;
/** What there is at one time. */
const STOCK = /(?:余额|欠款)$/u;
/** Days at which figures stand: those of several add up to nothing. */
const AS_OF = /报告|统计|截止|截至|快照|数据日|净值|估值|期末|月末|年末|as_?of|snapshot|report/iu;

/** Of rows that are held to something, and nothing asks for each of them. */
export function sumOfAmounts(state: ParseState): void {
  const { asked, said, chinese } = state;
  const [only, ...more] = asked.shown;
  if (!chinese || only === undefined || more.length > 0 || isMeasure(only)) return;
  const isOther =
    isListing(state) ||
    asked.who ||
    asked.distinct ||
    asked.order !== undefined ||
    said.calls.length > 0 ||
    [asked.groups, asked.having].some((one) => one.length > 0);
  if (isOther || asked.conditions.length === 0 || isOfOne(state) || !isSummed(state, only)) return;
  asked.shown = [{ call: 'sum', of: only }];
}

/** Whether it is the amount of rows that have no names of their own, and nobody asks for these rows. */
function isSummed(state: ParseState, ref: ColumnRef): boolean {
  const { asked, schema } = state;
  const column = columnOf(state, ref);
  const table = findTable(schema, ref.table);
  if (column === undefined || table === undefined || asked.thing !== undefined) return false;
  if (!isNumber(state, ref) || !addsUp(state, ref) || isKey(ref) || hasNames(state, ref.table))
    return false;
  const isOfPeriod = asked.conditions.some(({ kind }) => kind === 'between');
  const isAmount = calledBy(column).some(
    (name) => AMOUNT.test(name) || (!isOfPeriod && STOCK.test(name)),
  );
  return isAmount && !table.columns.some((one) => calledBy(one).some((name) => AS_OF.test(name)));
}

/** Whether rows are called by a name, as companies are, and not by a number. */
function hasNames(state: ParseState, table: string): boolean {
  if (!hasLabel(state, table)) return false;
  const found = findTable(state.schema, table);
  return (found?.columns ?? []).some(
    (column) =>
      /名称$|姓名$|简称$|name$/i.test(column.name) || /名称$|姓名$|简称$/u.test(column.comment),
  );
}
