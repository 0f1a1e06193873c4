/** `how many` beside what else is asked for: `unpaid invoices: how many, and how much`, `..., and how many rooms`. */
import { isQuantity } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';
import { labelsOfRows } from './row-labels.ts';
import { thingOf } from './thing-of.ts';

/**
 * Shows how many rows there are of what was named before, or a figure of each of them; whether it is so.
 * @throws Unread where two things are counted
 */
export function countsBeside(state: ParseState): boolean {
  const { asked, said, chinese, phrases, at } = state;
  if (chinese) return false;
  if (asked.counting) unread('two counts');
  const [next] = ahead(state);
  const isNamed = asked.thing !== undefined || asked.conditions.length > 0;
  if (!isNamed || asked.shown.length > 0) return false;
  if (isWord(next, 'and')) {
    asked.shown.push({ call: 'count', rows: asked.thing ?? thingOf(asked) });
    return true;
  }
  // `the largest farm and how many hectares does it have`.
  const joint = phrases.slice(0, at - 1).findLast((one) => !isWord(one, 'with', 'preposition'));
  const isFigure = next?.kind === 'column' && isQuantity(state, next);
  if (!isWord(joint, 'and') || !isFigure || asked.thing === undefined) return false;
  asked.shown.push(...labelsOfRows(state, asked.thing));
  // What it is the largest by is shown, too.
  said.figure ||= said.extreme !== undefined;
  return true;
}
