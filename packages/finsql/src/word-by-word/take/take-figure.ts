/** What Chinese words say of figures that stand before or behind them: 占, 多少, 平均每笔. */
import { isNumber as holdsNumbers } from '../../calibrate/asked-columns.ts';
import { type Column, findTable } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { COST } from '../columns/name-costs.ts';
import { addsUp, columnOf, isKey, isNumber, isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { type ColumnMeaning, isWord, type Meaning } from '../model/phrase.ts';
import { type ColumnRef, columnIn, columnOn, isMeasure, isSameColumn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** 卖出占百分之几, 各类型的金额占总金额的百分比: what all are is said again. */
export function takeMakesUp(state: ParseState): void {
  const { asked, said } = state;
  said.share = true;
  if (takeAllRows(state)) return;
  // 占放款金额: what is done is said of the figure behind it.
  const [done, figure] = ahead(state);
  const isOfFigure =
    done?.kind === 'column' && done.done === true && figure?.kind === 'column' && !figure.done;
  if (state.chinese && isOfFigure && figure.table === done.table) state.at++;
  const [next] = ahead(state);
  const [shown, ...more] = asked.shown;
  const of = shown && columnIn(shown);
  const isSame = next?.kind === 'column' && of !== undefined && isSameColumn(of, next);
  // 单位缴费占总缴费: what all are is more than a column that is called so in part.
  if (state.chinese && isSame && next.cost >= COST.part) unread('a share of what');
  // 占总包合同额: of others than the part is of.
  if (state.chinese && next?.kind === 'value' && asked.shown.length > 0)
    unread('a share of which rows');
  const isThing = next?.kind === 'table' && next.table === asked.thing;
  const isOfRows = next?.kind === 'table' && of !== undefined && next.table === of.table;
  if (isOfRows && isOneOfSeveral(state, of)) unread('a share of what');
  if (more.length === 0 && (isSame || isThing)) state.at++;
  else if (isOtherFigure(state, of, next)) {
    state.at++;
    said.shareOf = { table: next.table, column: next.column };
  }
}

/** 单位缴费占总缴费, beside 个人缴费: what all are is no sum of the one. */
function isOneOfSeveral(state: ParseState, of: ColumnRef): boolean {
  const endOf = (column: Column) => calledBy(column).at(-1)?.slice(-2);
  const own = columnOf(state, of);
  const columns = findTable(state.schema, of.table)?.columns ?? [];
  const alike = columns.filter(
    (one) => own !== undefined && holdsNumbers(one) && endOf(one) === endOf(own),
  );
  return state.chinese && alike.length > 1;
}

/** 占全部贷款笔数, 占业务笔数, 占全部平仓笔数: how many rows all are of which the part is; whether it is said. */
function takeAllRows(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const [first, second] = ahead(state);
  const isCount = (one: Meaning | undefined) =>
    isWord(one, 'measure') && one.call === 'count' && !one.ofThings;
  const isOpen = asked.shown.every((item) => isMeasure(item) && item.rows !== undefined);
  if (!chinese || !isOpen || asked.shown.length > 1) return false;
  if (isCount(first)) {
    state.at++;
    return true;
  }
  if (!isCount(second)) return false;
  if (first?.kind === 'table') {
    const tables = [
      ...(asked.thing === undefined ? [] : [asked.thing]),
      ...asked.conditions.flatMap((one) => columnOn(one)?.table ?? []),
      ...asked.groups.map(({ table }) => table),
    ];
    if (!tables.includes(first.table)) return false;
    if (asked.shown.length === 0) asked.shown.push({ call: 'count', rows: first.table });
    state.at += 2;
    return true;
  }
  if (first?.kind !== 'value') return false;
  // 盈利的平仓笔数占全部平仓笔数: what all are is said of the part, too.
  const isOfAll = (one: (typeof asked.conditions)[number]) =>
    one.kind === 'compare' && one.value === first.value && isSameColumn(one.column, first);
  const ofAll = asked.conditions.filter(isOfAll);
  const ofPart = asked.conditions.filter((one) => !isOfAll(one));
  if (ofAll.length !== 1 || ofPart.length === 0) return false;
  asked.conditions = [...ofAll, ...ofPart];
  said.partFrom = 1;
  state.at += 2;
  return true;
}

/** 医保支付占应收金额的百分比: two amounts of the same rows. */
function isOtherFigure(
  state: ParseState,
  of: ColumnRef | undefined,
  next: Meaning | undefined,
): next is ColumnMeaning {
  const { asked, said, chinese } = state;
  if (!chinese || next?.kind !== 'column' || of === undefined || asked.shown.length > 1)
    return false;
  const areAmounts = [of, next].every(
    (one) => isNumber(state, one) && addsUp(state, one) && !isKey(one),
  );
  return areAmounts && of.table === next.table && said.partFrom === undefined;
}

/** 库存多少, 自付金额合计多少: how much it is that was named before. */
export function isFigureBehind(state: ParseState): boolean {
  const { asked, chinese } = state;
  const last = asked.shown.at(-1);
  const before = behind(state);
  if (!chinese || last === undefined || ahead(state).length > 0) return false;
  const of = columnIn(last);
  const isNamed =
    before?.kind === 'column' || (isWord(before, 'measure') && before.call !== 'count');
  return isNamed && of !== undefined && isQuantity(state, of);
}

/** 手续费一共多少元: what stands before the word is added up. @throws Unread where it is no amount: 单价一共多少元 */
export function addUpBehind(state: ParseState): void {
  const { asked, said } = state;
  const last = asked.shown.at(-1);
  const isFigure = last !== undefined && !isMeasure(last) && isQuantity(state, last);
  if (behind(state)?.kind !== 'column' || !isFigure || said.calls.length > 0) return;
  if (!addsUp(state, last)) unread('the total of what');
  asked.shown = [...asked.shown.slice(0, -1), { call: 'sum', of: last }];
}

/** `rejection rate`: of rows that are so. @throws Unread where two rates are said */
export function takeRate({ asked, said }: ParseState): void {
  if (said.share || asked.conditions.length === 0) unread('a rate of what');
  said.share = true;
  said.rateOf = asked.conditions.length - 1;
}

/** States whose rates are of money, and of no number of rows. */
const OF_MONEY = /^已?(?:赔付|回款|收款|兑付|还款)$/u;

/** 空置率, 逾期率: of rows that are so. @throws Unread where the word is of something else */
export function expectRowsBehind(state: ParseState): void {
  const before = behind(state);
  const isSaid = before?.kind === 'value' || before?.kind === 'stored' || before?.kind === 'flag';
  // 不良率 is of how much is lent.
  if (before?.kind === 'value' && before.also !== undefined) unread('a rate by what');
  // 赔付率 is of what is paid and what is taken in.
  if (before?.kind === 'value' && OF_MONEY.test(before.value)) unread('a rate by what');
  if (!isSaid || state.asked.conditions.length !== 1) unread('a rate of what');
}

/** 平均每笔自付金额 is of rows of the column itself; 平均每笔订单的运费 of no others. */
export function expectOwnColumn(state: ParseState): void {
  const [next, beyond] = ahead(state);
  const column = next?.kind === 'table' ? beyond : next;
  const isOwn =
    next?.kind !== 'table' || (column?.kind === 'column' && column.table === next.table);
  if (column?.kind !== 'column' || !isOwn || !isNumber(state, column)) unread('a measure of each');
}
