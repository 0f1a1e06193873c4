/** 今年退保了多少: in the state since when, where the rows tell another day? */
import { findTable } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { columnOf, holdsDays } from '../columns/schema-columns.ts';
import { columnOn, isTable, type Reading } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { AskedBy } from './asked-by.ts';

const OF_STATE = /status|state|状态/i;

/** @throws Unread where rows came into a state in a period, and the day that holds them is not that of it */
export function expectTimeOfState(reading: Reading, by: AskedBy): void {
  if (!by.chinese) return;
  const said = by.phrases.flatMap(({ to }, at) => {
    const meaning = by.meanings[at];
    const isDone = /^了(?=[几多]|\p{Script=Han})/u.test(by.question.slice(to));
    return isDone && meaning?.kind === 'value' ? [meaning] : [];
  });
  for (const { table, column, value } of said) {
    const state = columnOf(by, { table, column });
    if (state === undefined || !calledBy(state).some((name) => OF_STATE.test(name))) continue;
    const verb = value.replace(/^已/u, '').slice(-2);
    const isOther = reading.conditions.some((one) => {
      const day = columnOn(one);
      const held =
        day && findTable(by.schema, day.table)?.columns.find(({ name }) => name === day.column);
      if (held === undefined || day === undefined || !isTable(day.table, table)) return false;
      return holdsDays(held) && !calledBy(held).some((name) => name.includes(verb));
    });
    if (isOther) unread('since when it is so');
  }
}
