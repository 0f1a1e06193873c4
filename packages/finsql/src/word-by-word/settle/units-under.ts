/** 北京分行有多少客户: rows that belong to units under the one that is named are meant as well, and no key tells of all of them. */
import { findTable } from '../../schema/schema.ts';
import { keysAbove } from '../columns/keys-above.ts';
import { isLabel } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isTable } from '../model/reading.ts';

/** Units that have others under them, as their names end. */
const HAS_UNITS = /(?:[分总](?:行|公司|部|局|社|院)|集团|大区|片区)$/u;

/** Whether rows of another table are held to such a unit, in a table whose rows are under each other. */
export function areOfUnitsUnder({ asked, ...state }: ParseState, thing: string): boolean {
  return asked.conditions.some((one) => {
    if (one.kind !== 'compare' || one.sign !== '=' || isTable(thing, one.column.table))
      return false;
    const isUnit = typeof one.value === 'string' && HAS_UNITS.test(one.value);
    const keys = keysAbove(findTable(state.schema, one.column.table));
    return isUnit && keys.length > 0 && isLabel(state, one.column);
  });
}
