/** 哪个城市的客户保费最高: of all that are of the city, or of one of them? */
import type { ParseState } from '../model/parse-state.ts';
import { isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isKind } from '../take/group-shown.ts';

/** @throws Unread where a kind is asked for by what one thing of it comes to */
export function expectOneOfKind(state: ParseState, thing: string): void {
  const { asked, said, chinese } = state;
  const [kind, ...more] = asked.shown;
  if (!chinese || !said.which || kind === undefined || more.length > 0 || isMeasure(kind)) return;
  const by = asked.order?.by;
  if (by === undefined || !isMeasure(by) || !asked.groups.every(({ isThing }) => isThing)) return;
  const table = by.of?.table ?? by.rows ?? thing;
  if (isTable(kind.table, thing) && !isTable(table, thing) && isKind(state, kind))
    unread('the most of a kind, or of one of it');
}
