/** What other rows are to those that refer to them, which hold no more of it than their key. */
import { behind, type ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { asAbsent } from './absent-columns.ts';
import { takeOtherColumn } from './compare-columns.ts';
import { takeNamedAbove } from './take-reports-to.ts';

/** `employees without a manager`, `earn more than their manager`. @throws Unread for all else: what they are called stands elsewhere */
export function takeRole(state: ParseState, ref: ColumnRef): void {
  const { compared } = state.said;
  state.said.compared = undefined;
  if (takeOtherColumn(state, ref, compared) || asAbsent(state, ref)) return;
  // `employees whose manager is Anna Berg`; `paid by manager Anna Berg` tells what she is.
  const owner = behind(state);
  const isOfOwner = owner?.kind === 'table' && isTable(owner.table, ref.table);
  if (!state.chinese && isOfOwner && takeNamedAbove(state, ref)) return;
  unread('what those are called');
}
