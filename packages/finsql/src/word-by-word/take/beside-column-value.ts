/** A column beside a value or a number of its own: `city Berlin`, `4-star hotels`. */
import { isKey, isNumber } from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { type ColumnRef, isHeld, isSameColumn } from '../model/reading.ts';
import { compareColumn } from './compare-column.ts';

/** `city Berlin`, `status is Open`, `Berlin city`, `status not Open`: says what the value tells. */
export function besideValue(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said } = state;
  if (said.calls.length > 0 || said.grouping || said.sorting) return false;
  const [next, beyond] = ahead(state);
  const isOwn = (one: Meaning | undefined) => one?.kind === 'value' && isSameColumn(one, ref);
  if (isOwn(next) || isOwn(behind(state))) return true;
  // 没有设安全库存.
  const last = behind(state);
  if (state.chinese && last?.kind === 'stored' && isSameColumn(last, ref)) return true;
  // `... Give city and price`: it is asked for although it is said.
  const isListed = isWord(behind(state), 'list', 'which');
  const isSaid = !isListed && isHeld(ref, asked.conditions);
  if (isSaid && next?.kind !== 'number' && said.extreme === undefined) return true;
  if (!isOwn(beyond)) return false;
  if (isWord(next, 'not', 'without')) return true;
  // 备注为 …, 总部在 …; `from the state of Texas`.
  if (isWord(next, 'preposition') && (state.chinese || !isNothingAsked(asked))) return true;
  if (!isWord(next, 'compare') || next.sign !== '=') return false;
  state.at++;
  return true;
}

/** `4-star hotels`, `stations that have 7 bikes available`. */
export function besideNumber(state: ParseState, ref: ColumnRef): boolean {
  const { number, sign, calls } = state.said;
  const { chinese, phrases, at } = state;
  // 二楼的科室.
  const isPlaceInOrder = state.chinese && /楼层$|^(?:floor|storey)$/i.test(ref.column);
  const owner = phrases[at - 3];
  const isOwned = !chinese && (owner?.kind === 'table' || isWord(owner, 'who', 'with'));
  const isBefore = ahead(state)[0]?.kind === 'table' || isPlaceInOrder || isOwned;
  const isOf = behind(state)?.kind === 'number' && isBefore;
  if (number?.form !== 'plain' || sign !== undefined || calls.length > 0 || !isOf) return false;
  if (!isNumber(state, ref) || isKey(ref) || !Number.isInteger(number.value)) return false;
  compareColumn(state, ref, '=', number);
  return true;
}
