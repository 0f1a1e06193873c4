/** `by`: groups, or what rows are ordered by. */
import { ahead, behind, isListing, isOrderAhead, type ParseState } from './parse-state.ts';
import { isWord } from './phrase.ts';
import { isMeasure } from './reading.ts';
import { isKey, isNumber } from './schema-columns.ts';

/** 按用途统计…，从多到少: what is listed comes before the order. */
function isGroupAhead(state: ParseState): boolean {
  const words = ahead(state).filter((one) =>
    isWord(one, 'list', 'how-many', 'top', 'sort', 'descending', 'ascending', 'extreme'),
  );
  return isWord(words[0], 'list', 'how-many');
}

/** `top 5 by size`; `average salary by department`. */
export function takeBy(state: ParseState): void {
  const { asked, said, chinese } = state;
  const [next, ...more] = ahead(state);
  // `by mileage, highest first`.
  const beyond = more.find((one) => !isWord(one, 'and'));
  const isDirected =
    isWord(behind(state), 'descending', 'ascending', 'days-first') ||
    (isWord(beyond, 'descending', 'ascending', 'days-first') &&
      next?.kind === 'column' &&
      !asked.counting &&
      (isListing(state) || (isNumber(state, next) && !isKey(next))) &&
      !asked.shown.some(isMeasure));
  const isOrder =
    (!chinese && isDirected) ||
    (chinese && isOrderAhead(state) && !isGroupAhead(state)) ||
    said.sorts ||
    said.top !== undefined ||
    said.extreme !== undefined ||
    asked.limit !== undefined;
  if (isOrder) said.sorting = true;
  else said.grouping = true;
}
