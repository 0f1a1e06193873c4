/** Names that are those of two parties: of 恒通贸易 that sells, or to which is sold. */
import { findColumn, findTable, fold } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { isLabel } from '../columns/schema-columns.ts';
import type { ValueMeaning } from '../model/phrase.ts';
import { columnOn, isSameColumn, isTable, type Reading } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { AskedBy } from './asked-by.ts';

/**
 * A table costs more than none, and tells nothing of which party is meant.
 * @throws Unread where rows are held to the name of one party, and belong to the other that is called so as well
 */
export function expectOneHolder({ conditions }: Reading, by: AskedBy): void {
  const { phrases, meanings, links, chinese } = by;
  if (!chinese) return;
  const isOfTwo = phrases.some((phrase, at) => {
    const chosen = meanings[at];
    if (chosen?.kind !== 'value' || saysParty(by, chosen)) return false;
    const isHeld = conditions.some((one) => {
      const column = columnOn(one);
      return column !== undefined && isSameColumn(column, chosen);
    });
    return (
      isHeld &&
      phrase.meanings.some(
        (one) =>
          one.kind === 'value' &&
          !isTable(one.table, chosen.table) &&
          isLabel(by, one) &&
          links.some(
            (link) => isTable(link.table, chosen.table) && isTable(link.target, one.table),
          ) &&
          !isCopy(by, chosen, one),
      )
    );
  });
  if (isOfTwo) unread('the name of which of the two');
}

/** 客户名称 of an order is that of the customer to which it belongs. */
function isCopy(by: AskedBy, { table, column }: ValueMeaning, other: ValueMeaning): boolean {
  const [own, whole] = [frontsOf(by, table, column), frontsOf(by, other.table, other.column)];
  const comment = findTable(by.schema, other.table)?.comment ?? '';
  return (
    fold(column) === fold(other.column) ||
    own.some(
      (front) => whole.includes(front) || comment.includes(front) || other.table.includes(front),
    )
  );
}

/** 购方为恒通贸易, 卖给购方. */
function saysParty(by: AskedBy, { table, column }: ValueMeaning): boolean {
  return frontsOf(by, table, column).some((front) => by.question.includes(front));
}

/** 购方 of 购方名称: whose name a column holds. */
function frontsOf({ schema }: AskedBy, table: string, column: string): string[] {
  const found = findTable(schema, table);
  const held = found && findColumn(found, column);
  return (held === undefined ? [] : calledBy(held)).flatMap(
    (name) => /^(.{2,}?)(?:名称|姓名|简称|名|_?name|_?nm)$/iu.exec(name)?.[1] ?? [],
  );
}
