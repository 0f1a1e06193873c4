/** Columns of days on which something is done with a row: 注册的客户, 每年的交易笔数, 已经离职的员工. */
import { findTable } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { isPartOf } from '../columns/part-of.ts';
import { columnOf, holdsDays, isQuantity, soleAmount } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState, periodsSaid, takeDenial } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isApartAhead } from './show-apart.ts';
import { takeCountOf } from './take-done.ts';

/**
 * What is done on days is asked for by `when` alone; else a period is of it, or it says nothing: 注册的客户.
 * @returns whether it was
 */
export function takeDoneOn(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said } = state;
  const [next] = ahead(state);
  // 放款笔数和放款金额: it says of which day the figure behind it is.
  const isOfFigure = next?.kind === 'column' && next.table === ref.table && !next.done;
  const areMeasured = asked.shown.length > 0 && asked.shown.every(isMeasure);
  if (state.chinese && isOfFigure && areMeasured && isQuantity(state, next)) {
    said.periodOf ??= ref;
    return true;
  }
  // 开票金额 is none of what came in for the invoices.
  const isOfOther = next?.kind === 'column' && next.table !== ref.table && !next.done;
  if (state.chinese && isOfOther && isQuantity(state, next)) unread('an amount of other rows');
  const isListBehind = isWord(next, 'and') && isWord(ahead(state)[1], 'list');
  const isAsked =
    asked.asks === 'when' ||
    state.phrases.some((one) => isWord(one, 'when')) ||
    (isWord(next, 'extreme', 'and', 'measure', 'top') && !isListBehind) ||
    isWord(behind(state), 'and', 'list') ||
    said.extreme !== undefined ||
    said.sorting;
  if (isAsked) return false;
  if (takeOver(state, ref) || takeNeverDone(state, ref)) return true;
  const isBeforeOwn = next?.kind === 'table' && next.table === ref.table;
  if (said.without && !isBeforeOwn) unread('not done');
  if (said.calls.length > 0 || said.grouping || said.sign !== undefined) {
    unread('how much of what is done');
  }
  const periods = periodsSaid(state);
  if (periods > 1 && takeChangeDone(state, ref)) return true;
  if (periods > 1) unread('when it is done');
  if (said.without) return true;
  if (periods === 1) said.periodOf = ref;
  else if (periods === 0) holdToDone(state, ref);
  asked.tables.push(ref.table);
  return true;
}

/** 离职员工: those that have such a day, where some have none. @throws Unread where the day may be still to come: 已到期的贷款 */
function holdToDone(state: ParseState, ref: ColumnRef): void {
  const column = columnOf(state, ref);
  if (!state.chinese || column === undefined) return;
  if (calledBy(column).some((name) => /到期|截止|期满|届满/u.test(name))) unread('over by when');
  if (column.holdsNull) state.asked.conditions.push({ kind: 'stored', column: ref, not: false });
}

/** 申请本金2025年比2024年增长百分之几, 放款2025年比2024年增加多少: of the figure behind it, or of what it comes to. */
export function takeChangeDone(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese, phrases } = state;
  const [next] = ahead(state);
  const isChange =
    phrases.some((one) => isWord(one, 'versus', 'change', 'from-before')) || isApartAhead(state);
  const isPlain = asked.shown.length === 0 && !said.without;
  if (!chinese || !isChange || !isPlain) return false;
  const isOfFigure = next?.kind === 'column' && next.table === ref.table && !next.done;
  if (next?.kind === 'table' || (next?.kind === 'column' && !isOfFigure)) return false;
  said.periodOf = ref;
  asked.tables.push(ref.table);
  if (!isOfFigure) asked.shown.push({ call: 'sum', of: soleAmount(state, ref.table) });
  return true;
}

/** 白金卡一共发了多少张, 2025年一共放款多少万元: rows that it is done with are counted, or what they come to; whether they are. */
export function takeAllDone(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const [next, ...more] = ahead(state);
  // 每个月的放款额.
  const isTotal = isWord(next, 'measure') && next.call === 'sum' && next.behind === true;
  const isAsked = isTotal || (isWord(next, 'how-many', 'how-much') && more.length === 0);
  const isPlain = asked.shown.length === 0 && !said.grouping && !said.without && !asked.listed;
  const isSum = said.calls.every((call) => call === 'sum') && said.extreme === undefined;
  const isOther = asked.thing !== undefined && asked.thing !== ref.table;
  if (!chinese || !isAsked || !isPlain || !isSum || isOther || periodsSaid(state) > 1) return false;
  if (isWord(next, 'how-many') && next.bare === true) return false;
  state.at++;
  said.calls = [];
  said.periodOf = ref;
  asked.tables.push(ref.table);
  asked.shown.push(
    isWord(next, 'how-many')
      ? { call: 'count', rows: ref.table }
      : { call: 'sum', of: soleAmount(state, ref.table) },
  );
  return true;
}

/** 每年的交易笔数: rows are counted by the day on which they are done; whether they are. */
export function countsDoneOn(state: ParseState, ref: ColumnRef): boolean {
  if (!takeCountOf(state, ref.table)) return false;
  state.said.periodOf = ref;
  return true;
}

/** 从来没有交易过的客户: they have no row that is of the one day on which it is done; whether it is so. */
function takeNeverDone(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said } = state;
  const [next] = ahead(state);
  const days = findTable(state.schema, ref.table)?.columns.filter(holdsDays) ?? [];
  const isOfNext =
    next?.kind === 'table' && !next.done && isPartOf(state.links, ref.table, next.table);
  const isMeasured = said.calls.length > 0 || said.grouping || said.sign !== undefined;
  if (!said.without || !isOfNext || days.length > 1 || isMeasured) return false;
  said.without = false;
  asked.conditions.push({ kind: 'without', table: ref.table });
  return true;
}

/** 已经离职的员工: of a day that nothing is put down for before it is done; whether it is so. */
function takeOver(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said } = state;
  const { comment = '' } = columnOf(state, ref) ?? {};
  const isOpen =
    /空|NULL/iu.test(comment) &&
    /^(?:离|退|销|注销|关|结|赎|付|支付|收|还|归还|竣工|完工|办结|释放|验收|交付|清算|到账)/u.test(
      comment,
    );
  const isMeasured = said.calls.length > 0 || said.grouping || said.sign !== undefined;
  if (!isOpen || isMeasured || periodsSaid(state) > 0) return false;
  const not = takeDenial(state);
  asked.conditions.push({ kind: 'stored', column: ref, not });
  return true;
}
