/** What is listed in Chinese behind a stop: 户名、合约、手数. */
import { isWord, type Meaning } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';

/** @throws Unread where an item is a word of counting alone: of 户名 neither part is a name */
export function expectItemsNamed(meanings: readonly Meaning[]): void {
  const start = meanings.findIndex((one) => isWord(one, 'list'));
  if (start < 0) return;
  const items: Meaning[][] = [[]];
  for (const one of meanings.slice(start + 1)) {
    if (isWord(one, 'and')) items.push([]);
    else items.at(-1)?.push(one);
  }
  const isCounter = (one: Meaning) => isWord(one, 'unit') && one.counts === true;
  const isUnnamed = (item: readonly Meaning[]) =>
    item.some(isCounter) && item.every((one) => isWord(one, 'unit', 'noise'));
  if (items.length > 1 && items.some(isUnnamed)) unread('what is listed');
}
