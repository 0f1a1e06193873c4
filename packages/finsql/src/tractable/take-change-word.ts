/** Words for a figure of one period against another: `grew`, `more in 2024 than in 2023`, 同比. */
import { showMostInPercent } from './most-itself.ts';
import { behind, type ParseState } from './parse-state.ts';
import { isWord, type WordMeaning } from './phrase.ts';
import { unread } from './unread.ts';

/** Its change is asked for. @throws Unread where it already is of so much more, or figures stand before it */
export function takeChange(state: ParseState, inPercent: boolean): void {
  const { asked, said } = state;
  if (said.change?.sign !== undefined) unread('two changes');
  // 2024年和2025年的金额，以及变化.
  if (state.chinese && isWord(behind(state), 'and') && asked.shown.length > 0)
    unread('a change beside figures');
  // `sales in May and June, and the change`.
  if (!state.chinese && isWord(behind(state), 'and') && asked.periods.length > 1)
    said.changeBeside = true;
  said.change = { inPercent: inPercent || said.change?.inPercent === true };
}

/** `more in 2024 than in 2023`. @throws Unread where another change is said */
export function takeMoreThen(state: ParseState, sign: '<' | '>'): void {
  const { said } = state;
  if (said.change !== undefined) unread('two changes');
  said.change = { inPercent: false, sign };
}

/** `growth over the year before`. */
export function takeFromBefore(
  { said }: ParseState,
  word: Extract<WordMeaning, { readonly word: 'from-before' }>,
): void {
  said.fromBefore = {
    by: word.by,
    inPercent: word.inPercent === true,
    ...(word.grain === undefined ? {} : { grain: word.grain }),
  };
}

/** A change, a share or the most is shown in percent. */
export function takeInPercent(state: ParseState): void {
  const { said } = state;
  showMostInPercent(state);
  said.inPercent = true;
  if (said.change !== undefined) said.change.inPercent = true;
}
