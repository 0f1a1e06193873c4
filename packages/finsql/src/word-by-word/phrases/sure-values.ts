/** Of the stored texts that words may mean, those that are meant surely. */
import { hasHan } from '../../retrieval/words.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { isSameColumn } from '../model/reading.ts';

type Value = Extract<Meaning, { readonly kind: 'value' }>;

/** Columns of where something begins, and of where it ends. */
const WAYS: readonly (readonly [said: RegExp, column: RegExp])[] = [
  [/^(?:from|leaving|departing from)$/i, /origin|source|from|depart|start/i],
  [/^(?:to|into|arriving in|arriving at)$/i, /dest|(?:^|_)to(?:_|$)|arriv|end/i],
];

/** The phrases, with texts as they are said before others like them, and places by the way that is said. */
export function sureValues(phrases: readonly Phrase[], question: string): Phrase[] {
  const heard = phrases.map((phrase, at) => {
    const before = phrases[at - 1];
    const said = question.slice(phrase.from, phrase.to);
    const way = before === undefined ? '' : question.slice(before.from, before.to);
    const meanings = asSpelled(asSaid(phrase.meanings, said), said, phrase.from);
    return { ...phrase, meanings: byWay(meanings, way) };
  });
  return heard.map((phrase, at) => {
    const others = [2, -2].flatMap((step) =>
      isJoint(heard[at + step / 2]) ? heard[at + step] : [],
    );
    return { ...phrase, meanings: others.reduce(asBeside, phrase.meanings) };
  });
}

function isJoint(phrase: Phrase | undefined): boolean {
  return phrase?.meanings.some((one) => isWord(one, 'and', 'or')) ?? false;
}

/** `open and closed claims`: two states of one column, and no day on which they were closed. */
function asBeside(meanings: readonly Meaning[], other: Phrase | undefined): readonly Meaning[] {
  const isState = (one: Meaning) =>
    one.kind === 'stored' || (one.kind === 'column' && one.done === true);
  const isOfOne = (one: Meaning) =>
    one.kind === 'value' &&
    one.cost === 0 &&
    (other?.meanings.some(
      (beside) => beside.kind === 'value' && beside.cost === 0 && isSameColumn(one, beside),
    ) ??
      false);
  return meanings.some(isOfOne) ? meanings.filter((one) => !isState(one)) : meanings;
}

/** `Russia` is not `Russia (former)`. */
function asSaid(meanings: readonly Meaning[], said: string): readonly Meaning[] {
  const isSaid = ({ value }: Value) => value.toLowerCase() === said.toLowerCase();
  const isSure = !hasHan(said) && meanings.some((one) => one.kind === 'value' && isSaid(one));
  return isSure ? meanings.filter((one) => one.kind !== 'value' || isSaid(one)) : meanings;
}

/** `in People` is the department; where a sentence begins, or in small letters, people may be anybody. */
function asSpelled(meanings: readonly Meaning[], said: string, at: number): readonly Meaning[] {
  const isName = at > 0 && /^\p{Lu}/u.test(said);
  const stored = meanings.filter((one) => one.kind === 'value' && one.value === said);
  const isMore = ({ kind, cost }: Meaning) => kind === 'word' || cost === 0;
  return isName && stored.length > 0 && !meanings.some((one) => one.kind !== 'value' && isMore(one))
    ? stored
    : meanings;
}

/** `flights from Berlin`. */
function byWay(meanings: readonly Meaning[], way: string): readonly Meaning[] {
  const [, columns] = WAYS.find(([said]) => said.test(way)) ?? [];
  if (columns === undefined || meanings.length < 2) return meanings;
  const found = meanings.filter((one) => one.kind === 'value' && columns.test(one.column));
  return found.length > 0 && meanings.every(({ kind }) => kind === 'value') ? found : meanings;
}
