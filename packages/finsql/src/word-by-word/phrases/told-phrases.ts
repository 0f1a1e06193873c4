/** What a question itself tells of its words: figures by formulas, weights, names of differences, states in brackets, rates. */
import type { Link } from '../../retrieval/context.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { ratesOfStates } from './rates-of-states.ts';
import { toldFigures } from './told-figures.ts';
import { toldStates } from './told-states.ts';
import { worthAsked } from './unit-asides.ts';
import { namesOfDifference } from './values-apart.ts';
import { weightedMeans } from './weighted-means.ts';

interface Within {
  readonly names: Dictionary;
  readonly schema: Schema;
  readonly links: readonly Link[];
}

/**
 * The phrases that are told so, in English questions.
 * @param values what is stored, where the question says it
 */
export function toldPhrases(
  question: string,
  within: Within,
  values: readonly Phrase[],
): readonly Phrase[] {
  if (hasHan(question)) return [];
  const isHeld = (from: number, to: number) => values.some((one) => one.from < to && one.to > from);
  return [
    ...toldFigures(question, within, isHeld),
    ...weightedMeans(question, within),
    ...namesOfDifference(question, within.names),
    ...toldStates(question, within.names),
    ...worthAsked(question),
    ...ratesOfStates(question, within),
  ];
}
