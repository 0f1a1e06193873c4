import { textOf } from '../sql/edit.ts';
import { storedColumns } from '../sql/stored-columns.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { type Call, callsIn } from './calls.ts';
import { type DateForm, dateFormOf } from './date-forms.ts';
import { type DatedColumn, isComparedWithDays, isOrdered, isShownExtreme } from './read-days.ts';
import type { Rule } from './rule.ts';

/** Date functions, with the place of the time among their arguments. */
const TIME_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ['strftime', 1],
  ...(['date', 'datetime', 'time', 'julianday', 'unixepoch'] as const).map(
    (name) => [name, 0] as const,
  ),
]);

/** SQLite reads 1672531200 as a day of the Julian calendar, and 03/15/2023 as no day at all. */
export const storedDates: Rule = {
  name: 'stored-dates',
  summary:
    'A column of days that are stored as seconds, or in another order than YYYY-MM-DD, is read as it is stored where a date is asked of it.',
  when: 'always',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const calls = callsIn(sql, tokens);
    const columns = storedColumns(tokens, schema).map(
      (stored): DatedColumn => ({ ...stored, form: dateFormOf(stored.column) }),
    );
    const statement = { tokens, columns };
    let text = sql;
    for (const dated of [...columns].sort((a, b) => b.to - a.to)) {
      const { form } = dated;
      if (form === undefined) continue;
      const written = tokens.slice(dated.from, dated.to + 1);
      const name = textOf(sql, written);
      const from = written[0]?.start ?? 0;
      const isDay =
        isComparedWithDays(statement, dated, form) ||
        isShownExtreme(statement, dated, form) ||
        isOrdered(statement, dated, form);
      const read = asArgument(calls, from, name, form) ?? (isDay ? form.day(name) : undefined);
      if (read !== undefined) text = text.slice(0, from) + read + text.slice(from + name.length);
    }
    return text;
  },
};

/** What stands for the column as a whole argument of a call; undefined where it is none that is misread. */
function asArgument(
  calls: readonly Call[],
  at: number,
  name: string,
  form: DateForm,
): string | undefined {
  const call = calls.findLast(({ start, end }) => start < at && at < end);
  if (call === undefined) return undefined;
  const { args } = call;
  const place = TIME_ARGUMENT.get(call.name);
  if (place !== undefined && args[place] === name) {
    const isRead = args.some((argument) => /^'(?:unixepoch|auto)'$/i.test(argument));
    return isRead ? undefined : form.time(name);
  }
  const [whole, start, length = ''] = args;
  const isBeginning = /^substr(?:ing)?$/.test(call.name) && whole === name && start === '1';
  // The year may stand there already.
  const lengths = form.yearFirst ? ['7', '10'] : ['4', '7', '10'];
  return isBeginning && lengths.includes(length) ? form.day(name) : undefined;
}
