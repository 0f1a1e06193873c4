/** What is late against a day of the row that it belongs to: `late payments` of bills that have a due date. */

import type { Link } from '../../retrieval/context.ts';
import type { Column, Schema, Table } from '../../schema/schema.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { OF_DAY, wordsOf } from '../columns/name-words.ts';
import { keysTo } from '../columns/part-of.ts';
import { holdsDays } from '../columns/schema-columns.ts';

const DONE = /^(?:paid|pay|payment|received|receipt|delivered|returned|collected|repaid)$/;
const DUE = /(?:^|_)(?:due|promised|deadline)(?:_|$)/;

const LATE = ['late', 'too late', 'paid late', 'received late'];
const ON_TIME = ['on time', 'in time', 'paid on time', 'received on time', 'punctually'];

/** Such words for each table whose one day is that of what is done, and whose rows belong to one with a due day. */
export function saidOfLateAcross({ tables }: Schema, links: readonly Link[]): Naming[] {
  return tables.flatMap((table) => {
    const done = soleDone(table);
    const [owner, ...more] = tables.filter((one) => keysTo(links, table.name, one.name).length > 0);
    const due = owner === undefined || more.length > 0 ? undefined : soleDue(owner);
    if (done === undefined || owner === undefined || due === undefined) return [];
    const place = {
      kind: 'late',
      table: table.name,
      column: done.name,
      due: due.name,
      dueOf: owner.name,
      bare: true,
      cost: COST.verb,
    } as const;
    return [
      ...LATE.map((text) => naming(text, { ...place, sign: '>' })),
      ...ON_TIME.map((text) => naming(text, { ...place, sign: '<=' })),
    ];
  });
}

function soleDone({ columns }: Table): Column | undefined {
  const [only, ...more] = columns.filter(holdsDays);
  const [word, ...others] = wordsOf(only?.name ?? '').filter((one) => !OF_DAY.test(one));
  const isDone = word !== undefined && others.length === 0 && DONE.test(word);
  return isDone && more.length === 0 ? only : undefined;
}

function soleDue({ columns }: Table): Column | undefined {
  const days = columns.filter((one) => holdsDays(one) && DUE.test(wordsOf(one.name).join('_')));
  return days.length === 1 ? days[0] : undefined;
}
