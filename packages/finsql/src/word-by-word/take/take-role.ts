/** What other rows are to those that refer to them, which hold no more of it than their key. */
import type { ParseState } from '../model/parse-state.ts';
import type { ColumnRef } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { asAbsent } from './absent-columns.ts';
import { takeOtherColumn } from './compare-columns.ts';

/** `employees without a manager`, `earn more than their manager`. @throws Unread for all else: what they are called stands elsewhere */
export function takeRole(state: ParseState, ref: ColumnRef): void {
  const { compared } = state.said;
  state.said.compared = undefined;
  if (takeOtherColumn(state, ref, compared) || asAbsent(state, ref)) return;
  unread('what those are called');
}
