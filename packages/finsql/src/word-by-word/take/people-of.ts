/** How many people there are in departments and shops: 行政部和财务部一共多少人, of a column of 人数. */
import type { Table } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { figureNamed } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { columnOn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

const PEOPLE = /员工|职员|职工|人员|雇员|employee|staff|person/i;
const NAMES = /(?:名称|姓名|简称|名)$|name$/i;
const HEADCOUNT = /人数$|^(?:employee_count|headcount|number_of_employees|staff_count)$/i;

/** Adds up the one column of people of what stands before the word, where no table has them; whether it is so. */
export function sumsPeople(state: ParseState): boolean {
  const { asked, said, schema, chinese } = state;
  const isPlain = asked.shown.length === 0 && said.calls.length === 0 && !said.without;
  if (!chinese || !isPlain || ahead(state).length > 0) return false;
  if (schema.tables.some(({ name, comment }) => PEOPLE.test(name) || PEOPLE.test(comment)))
    return false;
  const before = behind(state);
  const tables = new Set([
    ...(asked.thing === undefined ? [] : [asked.thing]),
    ...asked.conditions.flatMap((one) => columnOn(one)?.table ?? []),
    ...asked.groups.map(({ table }) => table),
    ...(before?.kind === 'table' ? [before.table] : []),
  ]);
  const [only, ...more] = [...tables].flatMap(
    (table) => figureNamed(state, table, HEADCOUNT) ?? [],
  );
  if (only === undefined || more.length > 0) return false;
  // 有项目的部门有多少人: a department with two of them would be there twice.
  if (tables.size > 1) unread('people of what');
  asked.shown.push({ call: 'sum', of: only });
  return true;
}

/** Whether rows may be people or companies: they have names, as accounts and contracts have none. */
export function haveNames(table: Table | undefined): boolean {
  return table?.columns.some((one) => calledBy(one).some((name) => NAMES.test(name))) ?? false;
}
