/** `team with the highest commission`: a kind has no row of its own, and the most is of what all of its rows come to. */
import { isPartOf } from '../columns/part-of.ts';
import { addsUp, isLabel } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isMeasure } from '../model/reading.ts';
import { isKind } from '../take/group-shown.ts';

/** Orders kinds by the sum of amounts of rows that belong to theirs. */
export function sumOfKinds(state: ParseState): void {
  const { asked, chinese, links } = state;
  const by = asked.order?.by;
  const [kind, ...more] = asked.shown;
  if (chinese || asked.order === undefined || by === undefined || isMeasure(by)) return;
  if (kind === undefined || isMeasure(kind) || more.length > 0 || asked.groups.length > 0) return;
  const isOfOthers = isPartOf(links, by.table, kind.table);
  if (!isOfOthers || !addsUp(state, by) || !isKind(state, kind) || isLabel(state, kind)) return;
  asked.order = { ...asked.order, by: { call: 'sum', of: by } };
  asked.groups.push({ ...kind, isThing: false });
}
