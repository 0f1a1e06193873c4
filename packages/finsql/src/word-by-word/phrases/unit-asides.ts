/** Units that a question says and figures are kept in anyway: `in weeks` of term_weeks, `in MWh`. */
import { nameWords, singular, words } from '../../retrieval/words.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';

const UNITS =
  'weeks|minutes|months|basis points|points|pips|tonnes|tons|kilos|kilograms|kg|kilometres|kilometers|km|litres|liters|mwh|kwh|gb|megawatts|mw|square metres|square meters|square feet|lakh|rupees|shillings|francs';

const IN_UNIT = new RegExp(`\\bin (?:euros per )?(${UNITS})\\b(?! (?:per|and|or)\\b)`, 'gi');

const NOISE: Meaning = { kind: 'word', word: 'noise', cost: 0 };

/** `in MWh` where a column is called so, or its comment says that it is kept in that, as phrases that say nothing. */
export function unitAsides(question: string, { tables }: Schema): Phrase[] {
  const isKept = (unit: string) => {
    const own = words(unit).map(singular).join(' ');
    const has = (said: readonly string[]) =>
      ` ${said.map(singular).join(' ')} `.includes(` ${own} `);
    const columns = tables.flatMap((table) => table.columns.filter(({ kind }) => kind !== 'text'));
    // A column that is called so alone may be what is asked for.
    const isCalled = columns.some(({ name }) => nameWords(name).map(singular).join(' ') === own);
    return (
      !isCalled && columns.some(({ name, comment }) => has(nameWords(name)) || has(words(comment)))
    );
  };
  return [...question.matchAll(IN_UNIT)].flatMap(({ 0: text, 1: unit = '', index }) =>
    isKept(unit) ? { from: index, to: index + text.length, meanings: [NOISE] } : [],
  );
}

/** At the end of what is asked: `, pounds`, `(cents)`, `, thousands`. */
const AT_END =
  /(?<=[,(]\s*)(thousands|millions|cents|pence|pounds|euros|dollars)(?: of (?:dollars|pounds|euros))?(?=\)|\s*[?.!]*$)/i;

/**
 * The unit that figures are asked for in, which is said at the end without `in`.
 * @param isTold whether a colon stands before a formula, and no list
 */
export function unitAtEnd(question: string, isTold: boolean): Phrase[] {
  const found = AT_END.exec(question);
  const isListed = found !== null && /[:;]/.test(question.slice(0, found.index));
  if (found === null || (isListed && !isTold)) return [];
  const [text, unit = ''] = found;
  const size = { thousands: 1000, millions: 1e6, cents: 0.01, pence: 0.01 }[unit.toLowerCase()];
  const meaning: Meaning =
    size === undefined
      ? { kind: 'word', word: 'unit', money: true, cost: 0 }
      : { kind: 'word', word: 'in-size', size, cost: 0 };
  return [{ from: found.index, to: found.index + text.length, meanings: [meaning] }];
}

/** `how much are the judgments worth`: it is asked how much they are anyway. */
export function worthAsked(question: string): Phrase[] {
  const found = /\bhow much (?:is|are|was|were)\b[^?.,;:]*\b(worth)\b/i.exec(question);
  if (found === null) return [];
  const to = found.index + found[0].length;
  return [{ from: to - 'worth'.length, to, meanings: [NOISE] }];
}
