/** Columns of tables that are called alike, by what tells these apart: 销项税额 of 销项发票, beside 进项发票. */
import { hasHan } from '../../retrieval/words.ts';
import type { Schema, Table } from '../../schema/schema.ts';
import { calledBy, partsOf } from '../columns/comment-parts.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { bareName } from './han-names.ts';

/** A name of two words, of which the last says what all such rows are. */
const OF_TWO = /^(\p{Script=Han}{2,4})(\p{Script=Han}{2})$/u;

/** None for columns that no other table of such rows has. */
export function saidOfSiblings({ tables }: Schema): Naming[] {
  const parted = tables.flatMap((table) => {
    const [, front, rows] = OF_TWO.exec(hanNameOf(table)) ?? [];
    return front === undefined || rows === undefined ? [] : [{ table, front, rows }];
  });
  return parted.flatMap(({ table, front, rows }) => {
    const others = parted.filter((one) => one.table !== table && one.rows === rows);
    const shared = new Set(others.flatMap((one) => one.table.columns.flatMap(hanCalled)));
    return table.columns.flatMap((column) =>
      hanCalled(column)
        .filter((called) => shared.has(called) && !called.startsWith(front))
        .map((called) =>
          naming(front + called, {
            kind: 'column',
            table: table.name,
            column: column.name,
            cost: COST.verb,
          }),
        ),
    );
  });
}

function hanNameOf({ name, comment }: Table): string {
  return bareName(hasHan(name) ? name : (partsOf(comment).find(hasHan) ?? ''));
}

function hanCalled(column: Table['columns'][number]): string[] {
  return calledBy(column).filter(hasHan);
}
