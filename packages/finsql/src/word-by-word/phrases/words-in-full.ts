/** Phrases that are written as what they stand for: `IT` of the department IT, `close` of the column close. */
import { isInCapitals } from '../../retrieval/values/capitals.ts';
import { hasHan } from '../../retrieval/words.ts';
import { type ColumnMeaning, isWord, type Meaning, type Phrase } from '../model/phrase.ts';

/** The phrases with what is not meant left out: words that say nothing, verbs, lists. */
export function wordsInFull(phrases: readonly Phrase[], question: string): Phrase[] {
  const meant = phrases.map((phrase) => asNamed(asStored(phrase, question)));
  return hasHan(question) ? meant : comparedApart(datedDoings(meant), question);
}

/** `loans that matured in 2023`: right before a period, what was done then, and no state that holds by now. */
function datedDoings(phrases: readonly Phrase[]): Phrase[] {
  const heard = phrases.filter(
    ({ meanings }) =>
      !meanings.every((one) =>
        isWord(one, 'noise', 'preposition', 'since', 'before', 'after', 'until', 'between'),
      ),
  );
  return phrases.map((phrase) => {
    const next = heard[heard.indexOf(phrase) + 1];
    const isDated = heard.includes(phrase) && next?.meanings.every(({ kind }) => kind === 'period');
    const isDay = (table: string) =>
      phrase.meanings.some(
        (one) => one.kind === 'column' && one.done === true && one.table === table,
      );
    const isState = (one: Meaning) => one.kind === 'value' && isDay(one.table);
    if (!isDated || !phrase.meanings.some(isState)) return phrase;
    return { ...phrase, meanings: phrase.meanings.filter((one) => !isState(one)) };
  });
}

/** A word in capitals that is stored so: no pronoun, no preposition. */
function asStored(phrase: Phrase, question: string): Phrase {
  const written = question.slice(phrase.from, phrase.to);
  if (!isInCapitals(written, question)) return phrase;
  const meanings = phrase.meanings.filter((one) => one.kind === 'value' && one.value === written);
  return meanings.length === 0 ? phrase : { ...phrase, meanings };
}

/** `last close`: a column of that name, and not the day on which something closed. */
function asNamed(phrase: Phrase): Phrase {
  const named = phrase.meanings.filter(
    (one): one is ColumnMeaning => one.kind === 'column' && one.cost === 0 && one.done !== true,
  );
  if (named.length === 0) return phrase;
  const isOtherVerb = (one: Meaning) =>
    one.kind === 'column' &&
    one.done === true &&
    !named.some(({ table, column }) => table === one.table && column === one.column);
  return { ...phrase, meanings: phrase.meanings.filter((one) => !isOtherVerb(one)) };
}

/** `Compare 2022 and 2023`: the one against the other, where two periods or two values stand around the word. */
function comparedApart(phrases: readonly Phrase[], question: string): Phrase[] {
  const heard = phrases.filter(({ meanings }) => !meanings.every((one) => isWord(one, 'noise')));
  const [first] = heard;
  const isCompared = first !== undefined && /^compare$/i.test(question.slice(first.from, first.to));
  const joints = heard.filter(({ meanings }) => meanings.some((one) => isWord(one, 'and')));
  const [joint, ...more] = joints;
  if (!isCompared || joint === undefined || more.length > 0) return [...phrases];
  const at = heard.indexOf(joint);
  if (!areAlike(heard[at - 1], heard[at + 1])) return [...phrases];
  const versus: Meaning = { kind: 'word', word: 'versus', cost: 0 };
  const apart = { ...joint, meanings: [versus] };
  return phrases.filter((one) => one !== first).map((one) => (one === joint ? apart : one));
}

/** Whether two phrases are both periods, or both values of one column. */
function areAlike(one: Phrase | undefined, other: Phrase | undefined): boolean {
  const kindsOf = (phrase: Phrase | undefined) =>
    (phrase?.meanings ?? []).flatMap((meaning) => {
      if (meaning.kind === 'period') return ['period'];
      return meaning.kind === 'value' ? [`${meaning.table}.${meaning.column}`] : [];
    });
  const others = kindsOf(other);
  return kindsOf(one).some((kind) => others.includes(kind));
}
