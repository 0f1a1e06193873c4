/** What is not put down: `customers whose income we do not know`. */
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isMeasure, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Holds rows to those where the column that was just named holds nothing.
 * @throws Unread where no column of what is asked for stands before it
 */
export function takeUnknown(state: ParseState): void {
  const { asked, said } = state;
  const before = behind(state);
  const { named } = said;
  // 没有登记开户银行的供应商.
  if (
    state.chinese &&
    before?.kind !== 'column' &&
    ['column', 'table'].includes(ahead(state)[0]?.kind ?? '')
  ) {
    said.without = true;
    return;
  }
  if (before?.kind !== 'column' || named === undefined || !isSameColumn(before, named)) {
    unread('what is not known');
  }
  if (!isTable(asked.thing, named.table) && !isBeforeOwn(state, named.table))
    unread('what is not known');
  const { table, column } = named;
  asked.shown = asked.shown.filter((item) => isMeasure(item) || !isSameColumn(item, named));
  asked.conditions.push({ kind: 'stored', column: { table, column }, not: true });
}

/** 来源没登记的学员: in Chinese, the things stand behind it. */
function isBeforeOwn({ chinese, asked, phrases, at }: ParseState, table: string): boolean {
  const next = phrases[at];
  return chinese && asked.thing === undefined && next?.kind === 'table' && next.table === table;
}
