import { findColumn, fold } from '../schema/schema.ts';
import { textOf } from '../sql/edit.ts';
import { ownerOfColumn } from '../sql/owner.ts';
import { analyse } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { type Call, callsIn } from './calls.ts';
import { type DateForm, dateFormOf } from './date-forms.ts';
import type { Rule } from './rule.ts';

/** Date functions, with the place of the time among their arguments. */
const TIME_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ['strftime', 1],
  ...(['date', 'datetime', 'time', 'julianday', 'unixepoch'] as const).map(
    (name) => [name, 0] as const,
  ),
]);
/** A day or the beginning of one, as a text that days are compared with. */
const DAY = /^\d{4}-\d\d-\d\d$/;
const BEGINNING = /^\d{4}(?:-\d\d){0,2}-?$/;

/** SQLite reads 1672531200 as a day of the Julian calendar, and 03/15/2023 as no day at all. */
export const storedDates: Rule = {
  name: 'stored-dates',
  summary:
    'A column of days that are stored as seconds, or in another order than YYYY-MM-DD, is read as it is stored where a date is asked of it.',
  when: 'always',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const calls = callsIn(sql, tokens);
    let text = sql;
    for (const reference of [...analyse(tokens, schema).columns].sort((a, b) => b.at - a.at)) {
      const owner = ownerOfColumn(tokens, reference);
      const column = owner && findColumn(owner, tokens[reference.at]?.value ?? '');
      const form = column && dateFormOf(column);
      if (form === undefined) continue;
      const written = tokens.slice(reference.qualifier ?? reference.at, reference.at + 1);
      const name = textOf(sql, written);
      const from = written[0]?.start ?? 0;
      const read =
        asArgument(calls, from, name, form) ??
        (isComparedWithDays(tokens, reference.at) || isOrdered(tokens, reference, form)
          ? form.day(name)
          : undefined);
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

/** `>= '2023-01-01'`, `between '2023-01' and …`, `like '2023-03%'`. */
function isComparedWithDays(tokens: readonly SqlToken[], at: number): boolean {
  const operator = fold(tokens[at + 1]?.text ?? '');
  const negated = operator === 'not';
  const [word, literal] = negated
    ? [fold(tokens[at + 2]?.text ?? ''), tokens[at + 3]]
    : [operator, tokens[at + 2]];
  if (literal?.kind !== 'string') return false;
  const { value } = literal;
  if (/^(?:=|==|!=|<>)$/.test(word)) return DAY.test(value);
  if (word === 'like') return value.endsWith('%') && BEGINNING.test(value.slice(0, -1));
  return /^(?:[<>]=?|between)$/.test(word) && BEGINNING.test(value);
}

/** Whether rows are ordered by a text that does not sort as its days do. */
function isOrdered(
  tokens: readonly SqlToken[],
  { at, qualifier = at }: { readonly at: number; readonly qualifier?: number | undefined },
  { sorts }: DateForm,
): boolean {
  const before = [qualifier - 2, qualifier - 1].map((i) => fold(tokens[i]?.text ?? ''));
  return !sorts && before.join(' ') === 'order by';
}
