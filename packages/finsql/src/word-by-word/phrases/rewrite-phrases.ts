/** The row of phrases, rewritten: meanings that the sentence around them tells or rules out. */
import { hasHan } from '../../retrieval/words.ts';
import type { Phrase } from '../model/phrase.ts';
import { amountsOfAll } from './amounts-of-all.ts';
import { markCompounds } from './compound-tables.ts';
import { withoutCountedDays } from './counted-days.ts';
import { withDayClauses } from './day-clauses.ts';
import { withoutDoings } from './denied-doings.ts';
import type { Question } from './find-phrases.ts';
import { joinBeside } from './han-contractions.ts';
import { countKinds } from './han-distributions.ts';
import { quantitiesDone } from './han-quantities.ts';
import { fromThenOn } from './han-starts.ts';
import { headsBesideOwners } from './heads-beside-owners.ts';
import { ownNumbers } from './heard-words.ts';
import { keyValuesOnce } from './key-values.ts';
import { asKinds } from './kinds-of-periods.ts';
import { withLastClause } from './last-clause.ts';
import { withNothing } from './nothing-of.ts';
import { withNumbers } from './numbered-nouns.ts';
import { ownFigures } from './own-figures.ts';
import { ownOfMeans } from './own-words.ts';
import { ownNames } from './owned-names.ts';
import { withColumnsOnce } from './said-twice.ts';
import { sureValues } from './sure-values.ts';
import { withTailWords } from './tail-words.ts';
import { hearThrough } from './through-words.ts';
import { withDate } from './with-date.ts';
import { withSome } from './with-some.ts';

type Pass = (phrases: readonly Phrase[], asked: Question) => readonly Phrase[];

/** In this order: each goes by the phrases that the ones before it left. */
const PASSES: readonly Pass[] = [
  (phrases, { question }) => ownFigures(phrases, question),
  (phrases, { question }) => withoutDoings(phrases, question),
  (phrases, { question }) => ownNumbers(phrases, question),
  (phrases, { question, schema }) => withoutCountedDays(phrases, question, schema),
  ownOfMeans,
  (phrases, { question }) => sureValues(phrases, question),
  (phrases, { links }) => keyValuesOnce(phrases, links),
  ownNames,
  asKinds,
  (phrases, { question }) => amountsOfAll(phrases, question),
  (phrases, { question, links }) => markCompounds(phrases, question, links),
  (phrases, { question, links }) => headsBesideOwners(phrases, question, links),
  (phrases, { question, schema }) => withNothing(phrases, question, schema),
  (phrases, { question }) => withNumbers(phrases, question),
  (phrases, { question }) => (hasHan(question) ? phrases : withColumnsOnce(phrases, question)),
  (phrases, { question, schema }) => withSome(phrases, question, schema),
  (phrases, { question }) => withDate(phrases, question),
  (phrases, { question, schema }) => withDayClauses(phrases, question, schema),
  (phrases, { question }) => hearThrough(phrases, question),
  (phrases, { question }) => fromThenOn(phrases, question),
  (phrases, { question, schema }) => quantitiesDone(phrases, question, schema),
  (phrases, { question }) => countKinds(phrases, question),
  (phrases, { question }) => joinBeside(phrases, question),
  (phrases, { question }) => withTailWords(phrases, question),
  (phrases, { question }) => withLastClause(phrases, question),
];

/**
 * The phrases behind all passes.
 * @throws Unread where one finds that a phrase can't be meant as it stands
 */
export function rewritePhrases(phrases: readonly Phrase[], asked: Question): Phrase[] {
  return [...PASSES.reduce((before, pass) => pass(before, asked), phrases)];
}
