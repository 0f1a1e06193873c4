/** How many rows something is done with, against a number: 签单超过12份, 买过两次以上. */
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import type { Having } from '../model/reading.ts';
import { dateDone } from './date-done.ts';

/** 签单超过12份的员工, 采购订单超过25张的供应商: rows that stand before the number are counted; whether they are. */
export function takeRowsCompared(state: ParseState, table: string): boolean {
  const { asked, said } = state;
  const compared = comparedRows(state);
  if (compared === undefined || isHeadBeforeOthers(state)) return false;
  if (said.without || said.calls.length > 0 || said.extreme !== undefined || said.grouping)
    return false;
  // 预警次数不少于两次.
  const isCounted = isWord(ahead(state)[0], 'measure');
  state.at += isCounted ? 3 : 2;
  asked.tables.push(table);
  dateDone(state, table);
  const measure = { call: 'count', rows: table } as const;
  asked.having.push({ measure, ...compared });
  return true;
}

/** 哪些订单包含两种以上物料: those are asked for, and what stands behind the number is counted. */
function isHeadBeforeOthers(state: ParseState): boolean {
  const other = ahead(state).find(({ kind }) => kind === 'table' || kind === 'column');
  return isWord(behind(state), 'which') && other?.kind === 'table';
}

/** 超过12份, 两次以上. */
function comparedRows(state: ParseState): Pick<Having, 'sign' | 'value'> | undefined {
  const [counted] = ahead(state);
  const isCount = isWord(counted, 'measure') && counted.call === 'count' && !counted.ofThings;
  const [first, second] = isCount ? ahead(state).slice(1) : ahead(state);
  if (isCount && !isWord(first, 'compare')) return undefined;
  const number = first?.kind === 'number' ? first : second;
  const other = first?.kind === 'number' ? second : first;
  if (number?.kind !== 'number' || !(number.ofRows || number.ofPeople)) return undefined;
  if (isWord(other, 'compare'))
    return other === first ? { sign: other.sign, value: number.value } : undefined;
  // 三张以上保单 counts what stands behind it.
  if (other !== second || !isWord(other, 'or-more', 'or-less') || nounAhead(state))
    return undefined;
  return { sign: other.word === 'or-more' ? '>=' : '<=', value: number.value };
}

/** Whether other rows are named behind 三张以上, and still others behind those. */
function nounAhead(state: ParseState): boolean {
  const named = ahead(state)
    .slice(2)
    .filter((one) => one.kind === 'table' || one.kind === 'column');
  return (
    named.length > 1 &&
    !ahead(state)
      .slice(2)
      .some((one) => isWord(one, 'and'))
  );
}
