/** A table that says what the one right behind it is of: `room bookings` are bookings. */

import type { Link } from '../../retrieval/context.ts';
import { keysTo } from '../columns/part-of.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import { placedUnits } from '../words/units.ts';

/** Behind these, what stands there may do what stands behind it: `each customer orders`. */
const OF_ONE = /(?:^|\b)(?:which|what|each|every|a|an|this|that|whose|per|by|does|did|do)\s*$/i;

/** The phrases with such tables marked. */
export function markCompounds(
  phrases: readonly Phrase[],
  question: string,
  links: readonly Link[],
): Phrase[] {
  return phrases.map((phrase, at) => {
    const head = headBehind(phrase, phrases[at + 1], question);
    if (head === undefined) return phrase;
    const isOf = (table: string) => keysTo(links, head, table).length > 0;
    const marked = (one: Meaning): Meaning =>
      one.kind === 'table' && one.done !== true && isOf(one.table) ? { ...one, before: head } : one;
    return { ...phrase, meanings: phrase.meanings.map(marked) };
  });
}

/** The table of several rows that stands right behind one row of another. */
function headBehind(
  { from, to }: Phrase,
  next: Phrase | undefined,
  question: string,
): string | undefined {
  if (next === undefined || question.slice(to, next.from) !== ' ') return undefined;
  if (OF_ONE.test(question.slice(0, from))) return undefined;
  const isMany = (text: string) => placedUnits(text).at(-1)?.plural === true;
  if (isMany(question.slice(from, to)) || !isMany(question.slice(next.from, next.to)))
    return undefined;
  const head = next.meanings.find((one) => one.kind === 'table' && one.cost === 0 && !one.done);
  return head?.kind === 'table' ? head.table : undefined;
}
