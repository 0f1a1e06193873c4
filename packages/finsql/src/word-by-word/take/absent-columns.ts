/** What rows hold nothing of: `departments without a director`, `rooms that nobody ever booked`. */
import { findTable } from '../../schema/schema.ts';
import { isKeyAbove } from '../columns/keys-above.ts';
import { isPartOf, isReference } from '../columns/part-of.ts';
import { columnOf, hasLabel, isDay, isKey, isLabel, isNumber } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, isTable } from '../model/reading.ts';
import { storedNames } from '../names/stored-days.ts';

/** `which department has no director`: its column holds nothing; whether it is so. */
export function asAbsent(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  // `who has no e-mail address`.
  const isOfWho = !chinese && asked.who && asked.thing === undefined && hasLabel(state, ref.table);
  const isOwn = isTable(asked.thing, ref.table) || isBeforeOwn(state, ref) || isOfWho;
  if (!said.without || !isOwn || isUsed(state)) return false;
  if (chinese && (isDay(state, ref) || isNothingSaid(state))) return false;
  const isOwnKey = isKey(ref) && (chinese || !refersToRows(state, ref));
  if (isOwnKey || ref.until !== undefined) return false;
  // A figure is 0 where there is none.
  const isZero =
    isNumber(state, ref) && columnOf(state, ref)?.samples.some((one) => Number(one) === 0) === true;
  if (chinese && isZero) return false;
  said.without = false;
  asked.thing ??= ref.table;
  const isNone = { kind: 'compare', column: ref, sign: '=', value: 0 } as const;
  const isEmpty = { kind: 'stored', column: ref, not: true } as const;
  // `without a discount`: of 0, or none at all.
  const isEither = isZero && columnOf(state, ref)?.holdsNull === true;
  asked.conditions.push(
    isEither
      ? { kind: 'any', column: ref, conditions: [isNone, isEmpty] }
      : isZero
        ? isNone
        : isEmpty,
  );
  return true;
}

function refersToRows(state: ParseState, ref: ColumnRef): boolean {
  return isReference(state.links, ref) || isKeyAbove(state.schema, ref);
}

/** 没有投顾的客户: in Chinese, the things stand behind it. */
function isBeforeOwn(state: ParseState, { table }: ColumnRef): boolean {
  const { chinese, asked, phrases, at } = state;
  const next = phrases[at];
  const isOther = asked.thing !== undefined || asked.shown.length > 0;
  // 没有信用分的客户姓名.
  const isOwn =
    (next?.kind === 'table' && !next.done) || (next?.kind === 'column' && isLabel(state, next));
  return chinese && !isOther && isOwn && next.table === table;
}

/** 谁都没有: who has nothing is denied, too. */
function isNothingSaid({ phrases, at }: ParseState): boolean {
  return !isWord(phrases[at - 2], 'without', 'unknown');
}

/** `rooms that nobody ever booked`: no row of what is done; whether it is so. */
export function asNeverDone(state: ParseState, ref: ColumnRef): boolean {
  const { table } = ref;
  const { asked, said, chinese } = state;
  const { thing } = asked;
  if (!said.without || chinese || thing === undefined || isUsed(state)) return false;
  if (!isPartOf(state.links, table, thing)) return false;
  // Rows are there before it is done: `funds that never sold anything`.
  const found = findTable(state.schema, table);
  const column = columnOf(state, ref);
  // `untraded` alone tells no state that rows have later.
  const isLater = found && column && storedNames(found, column).some(({ not }) => !not);
  if (isLater || /null|empty|blank/i.test(column?.comment ?? '')) return false;
  said.without = false;
  asked.conditions.push({ kind: 'without', table });
  return true;
}

/** Whether it is measured, compared, dated, or said what it is not. */
function isUsed(state: ParseState): boolean {
  const { calls, sign, number, extreme, grouping, sorting } = state.said;
  const [next, beyond] = ahead(state);
  const isHeld = [next, beyond].some(
    (one) => one?.kind === 'value' || one?.kind === 'period' || one?.kind === 'pattern',
  );
  const isCompared = isWord(next, 'compare', 'between', 'mean', 'signed', 'before', 'after');
  const isSaid = [sign, number, extreme].some((one) => one !== undefined);
  return calls.length > 0 || isSaid || grouping || sorting || isHeld || isCompared;
}
