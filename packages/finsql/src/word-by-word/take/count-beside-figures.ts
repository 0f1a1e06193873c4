/** How many rows beside other figures of them: 各品种的笔数和余额, 下单超过4次的买家及次数. */
import { hasLabel, isKey, isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { columnIn, columnOn, isMeasure, isTable } from '../model/reading.ts';

/**
 * The rows of the figure that stands beside the word, or those that things are held to or ordered by; whether it is so.
 * @param ofThings whether people or companies are counted, and no rows of theirs
 */
export function countsBesideFigures(state: ParseState, ofThings: boolean): boolean {
  const { asked, said, chinese } = state;
  if (!chinese || said.calls.length > 0 || said.extreme !== undefined || said.grouping)
    return false;
  if (showsHeldCount(state)) return true;
  const isOfGroups = asked.groups.length > 0 || said.eachPeriod !== undefined;
  if (!isOfGroups || asked.having.length > 0) return false;
  const rows = rowsBefore(state) ?? rowsAhead(state) ?? rowsOfGroups(state, ofThings);
  if (rows === undefined) return false;
  const isOwn = asked.groups.every((one) => !one.isThing && isTable(one.table, rows));
  const isOther = asked.thing !== undefined && !isTable(asked.thing, rows);
  if (isOther || (ofThings && !isOwn)) return false;
  asked.shown.push({ call: 'count', rows });
  asked.tables.push(rows);
  return true;
}

/** 按申报方式统计笔数: of the rows that have the kinds. */
function rowsOfGroups(state: ParseState, ofThings: boolean): string | undefined {
  const { asked } = state;
  const [group, ...more] = asked.groups;
  const isAlone = state.phrases
    .slice(state.at)
    .every((one) => isWord(one, 'makes-up', 'in-percent', 'and', 'descending', 'ascending'));
  if (group === undefined || group.isThing || isKey(group) || !isAlone || asked.shown.length > 0)
    return undefined;
  const { table } = group;
  const isOwn = [
    ...more.map((one) => one.table),
    ...asked.conditions.map((one) => columnOn(one)?.table),
  ].every((one) => isTable(one, table));
  // 分渠道列出通过、拒绝的笔数: each of them apart.
  const isAmong = asked.conditions.some((one) => one.kind === 'among');
  const first = state.phrases.findIndex(({ kind }) => kind === 'value');
  const isJoined = state.phrases.slice(first).some((one) => isWord(one, 'and'));
  if (isAmong && !isWord(state.phrases[first - 1], 'list') && !isJoined) return undefined;
  if (isAmong) state.said.ofEach = true;
  const isThing = asked.thing === undefined || isTable(asked.thing, table);
  return isOwn && isThing && (!ofThings || hasLabel(state, table)) ? table : undefined;
}

/** 笔数和余额, 家数和平均账期: of the rows that the figure is of. */
function rowsAhead(state: ParseState): string | undefined {
  const [joint, ...more] = ahead(state);
  const of = more.find((one) => !isWord(one, 'measure'));
  if (!isWord(joint, 'and') || state.asked.shown.length > 0) return undefined;
  return isFigure(state, of) ? of.table : undefined;
}

/** 余额和笔数: the last that is asked for. */
function rowsBefore(state: ParseState): string | undefined {
  const last = state.asked.shown.at(-1);
  const of = last && columnIn(last);
  const isLast = ahead(state).length === 0 && isWord(behind(state), 'and');
  return isLast && of !== undefined && isQuantity(state, of) ? of.table : undefined;
}

function isFigure(
  state: ParseState,
  one: Meaning | undefined,
): one is Extract<Meaning, { readonly kind: 'column' }> {
  return one?.kind === 'column' && isQuantity(state, one);
}

/** 下单超过4次的买家及次数: what things are held to is shown, too. */
function showsHeldCount({ asked, said, ...state }: ParseState): boolean {
  const isCount = ({ rows, call }: { readonly rows?: string; readonly call: string }) =>
    call === 'count' && rows !== undefined;
  const by = asked.order !== undefined && isMeasure(asked.order.by) ? [asked.order.by] : [];
  const [only, ...more] = [...asked.having.map(({ measure }) => measure), ...by].filter(isCount);
  const before = state.phrases[state.at - 2];
  const isLast = state.phrases.length === state.at && isWord(before, 'and');
  if (!isLast || only === undefined || more.length > 0 || asked.shown.some(isMeasure)) return false;
  said.figure = true;
  return true;
}
