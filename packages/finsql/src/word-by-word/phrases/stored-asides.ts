/** Words that mostly say nothing, where rows are stored in a state of that name: `live deposits`, `units that are available`. */
import type { Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { placedUnits } from '../words/units.ts';

/** What columns of states are called. */
const OF_STATES = /(?:status|state|stat|sts|stage|condition|availability)$/i;
/** Behind these a word tells how rows are. */
const COPULA = /\b(?:is|are|was|were|still|currently|now) +$/i;
/** A doing, and where or by whom: `are held at`, `that are made by`. */
const PLACE = /^ +(?:at|by|in|on|to|from|with|for|under|near|through|of)\b/i;

/**
 * Whether a stored text is the state of rows: before the word for them, or behind one that says how they are.
 * @param stored all stored texts of the question
 */
export function isStateOfRows(
  { from, to, meanings }: Phrase,
  question: string,
  { names, stored }: { readonly names: Dictionary; readonly stored: readonly Phrase[] },
): boolean {
  const isState = meanings.some((one) => one.kind === 'value' && OF_STATES.test(one.column));
  if (!isState) return false;
  if (COPULA.test(question.slice(0, from)) && !PLACE.test(question.slice(to))) return true;
  const next = placedUnits(question).find((unit) => unit.from > to);
  if (next === undefined || question.slice(to, next.from).trim() !== '') return false;
  const isNamed = names.get(next.stem)?.some(({ kind }) => kind === 'table') ?? false;
  return isNamed || stored.some((one) => one.from === next.from);
}
