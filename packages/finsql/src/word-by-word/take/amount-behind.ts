/** What rows come to that are told by the word before: 总包合同额排前三的业主, 退款总额最高的客户. */
import { soleAmount } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { orUnread, Unread } from '../model/unread.ts';
import { takeColumn } from './take-column.ts';

/** Whether the one amount of those rows is meant, where a column that it is not stands further on. */
export function takeAmountBehind(state: ParseState): boolean {
  const before = behind(state);
  const [next] = ahead(state);
  const isOfRows =
    before?.kind === 'value' ||
    before?.kind === 'property' ||
    (before?.kind === 'table' && before.done !== true);
  const isFollowed = ahead(state).some(({ kind }) => kind === 'column');
  // 北京客户的申购总额: of rows of the value, which those who are named have.
  const { thing } = state.asked;
  const isOfOthers = before?.kind === 'value' && thing !== undefined && thing !== before.table;
  const isOpen = isFollowed || before?.kind === 'property' || isOfOthers;
  if (!state.chinese || !isOfRows || !isOpen || next?.kind === 'column') return false;
  if (state.said.calls.length > 0 || state.said.grouping) return false;
  const amount = orUnread(() => soleAmount(state, before.table));
  if (amount instanceof Unread) return false;
  takeColumn(state, { ...amount, total: true });
  return true;
}
