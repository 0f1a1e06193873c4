/** `homes per estate, biggest estate first`: the order of groups, said with what they are groups of. */
import { isWord, type Meaning } from '../model/phrase.ts';

/** The phrases with each such stretch as the word for the order. */
export function withGroupsFirst(phrases: readonly Meaning[]): Meaning[] {
  const ordered: Meaning[] = [];
  for (let at = 0; at < phrases.length; at++) {
    const [most, named, first] = phrases.slice(at, at + 3);
    if (most === undefined) break;
    const isFirst = isWord(first, 'extreme') && first.of === 'day' && !first.descending;
    const isMost = isWord(most, 'extreme') && most.of === 'any' && most.place === undefined;
    const isGroup =
      named !== undefined &&
      phrases.slice(0, at).some((one) => isNamedAlike(one, named)) &&
      phrases.slice(0, at).some((one) => isWord(one, 'by', 'each'));
    if (isMost && isFirst && isGroup) {
      const word = most.descending ? 'descending' : 'ascending';
      ordered.push({ kind: 'word', word, ofFigures: true, cost: most.cost });
      at += 2;
    } else ordered.push(most);
  }
  return ordered;
}

/** Whether a phrase names the same table, or the same column. */
function isNamedAlike(one: Meaning, other: Meaning): boolean {
  if (one.kind === 'table') return other.kind === 'table' && one.table === other.table;
  return (
    one.kind === 'column' &&
    other.kind === 'column' &&
    one.table === other.table &&
    one.column === other.column
  );
}
