/**
 * A question as a row of phrases that leaves no word over (PRECISE's "semantically tractable" questions,
 * Popescu, Etzioni & Kautz 2003): stored values, quantities, names of tables and columns, words that
 * compare, order, count and group, and words that say nothing.
 */
import type { DatabaseContext } from '../../retrieval/context.ts';
import type { Retrieval } from '../../retrieval/retrieve.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';
import { namesOf } from '../names/schema-names.ts';
import type { PlacedUnit } from '../words/units.ts';
import { findPhrases, questionOf } from './find-phrases.ts';
import { contractedValue } from './han-contractions.ts';
import { expectNoYears } from './han-unit-figures.ts';
import { verbAside } from './han-verbs-aside.ts';
import { expectNoDeed } from './heard-han.ts';
import { expectNotOfAll } from './heard-states.ts';
import { expectRowsCounted, unheardOfThings } from './heard-words.ts';
import { isKindOf, isOfValue } from './kind-nouns.ts';
import { phraseFinder } from './longest-phrases.ts';
import { passOver } from './pass-over.ts';
import { ratioLabel } from './ratio-labels.ts';
import { rewritePhrases } from './rewrite-phrases.ts';
import { asNoun, isOfFigure, isUnheard } from './unheard-words.ts';
import { writtenUnits } from './written-units.ts';

/** What a verb costs that says nothing beside what is asked for. */
const ASIDE_COST = 0.5;

/**
 * The phrases of a question, the longest at each place.
 * @param mayPassOver so many words that stand for nothing; default 0
 * @param pass makes a phrase of such a word; default: of one that nothing depends on
 * @throws Unread where another word stands for nothing
 */
export function readPhrases(
  context: DatabaseContext,
  retrieval: Retrieval,
  mayPassOver = 0,
  pass: typeof passOver = passOver,
): Phrase[] {
  const asked = questionOf(context, retrieval);
  const { question, names } = asked;
  const units = writtenUnits(question, namesOf(context));
  const phraseAt = phraseFinder(asked, units, findPhrases(asked));
  const isKnown = (at: number): boolean => {
    const phrase = phraseAt(at);
    return phrase !== undefined && !isUnheard(phrase, question);
  };
  const phrases: Phrase[] = [];
  const besideOf = ({ from }: PlacedUnit): Phrase | undefined => {
    const last = phrases.at(-1);
    return /^\s*$/.test(question.slice(last?.to, from)) ? last : undefined;
  };
  const label = ratioLabel(question, units, phraseAt);
  let [end, passed] = [0, 0];
  for (const [at, unit] of units.entries()) {
    if (unit.from < end) continue;
    let phrase =
      label?.from === unit.from ? asidePhrase(label.from, label.to - label.from) : phraseAt(at);
    const isOver = phrase === undefined || isUnheard(phrase, question);
    // `the cancelled ones`.
    const isPronoun = unit.stem === 'one' && unit.plural;
    const isNoun =
      isOfFigure(unit.stem, besideOf(unit), context) ||
      isOfValue(unit.stem, besideOf(unit)) ||
      isKindOf(unit.stem, units[at + 1]?.stem, phraseAt(at + 2));
    if (isOver && (isPronoun || isNoun)) continue;
    if (isOver) phrase = undefined;
    phrase ??= contractedValue(question, unit.from, phraseAt(at + 1), {
      names,
      values: context.values,
    });
    phrase ??= asidePhrase(unit.from, verbAside(question, unit.from));
    if (phrase === undefined && passed < mayPassOver) {
      phrase = pass(units, at, question, isKnown);
      passed += 1;
    }
    if (phrase === undefined) return unread(`no meaning of ${unit.stem}`);
    phrases.push(asNoun(phrase, question));
    end = phrase.to;
  }
  expectRowsCounted(phrases, question);
  expectNotOfAll(question);
  expectNoDeed(phrases, question);
  expectNoYears(question, context.schema);
  const unheard = unheardOfThings(phrases, question);
  if (unheard !== undefined) return unread(`no meaning of ${unheard}`);
  return rewritePhrases(phrases, asked);
}

function asidePhrase(from: number, length: number): Phrase | undefined {
  const meaning: Meaning = { kind: 'word', word: 'noise', cost: ASIDE_COST };
  return length === 0 ? undefined : { from, to: from + length, meanings: [meaning] };
}
