/** `journal lines with a memo`, `orders that have a discount`: one of them is there, and it is not shown. */
import type { Schema } from '../../schema/schema.ts';
import { columnOf, isQuantity } from '../columns/schema-columns.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

const HAVE = /^(?:have|has|had|having)$/i;
const ONE = /^(?:an?|any)$/i;

/** The phrases with a column that some rows hold nothing of, said of one at the end, as what rows are to hold. */
export function withSome(phrases: readonly Phrase[], question: string, schema: Schema): Phrase[] {
  const isRows = phrases.some(({ meanings }) => meanings.some(({ kind }) => kind === 'table'));
  const textOf = (phrase: Phrase | undefined) => question.slice(phrase?.from ?? 0, phrase?.to ?? 0);
  const isOne = (at: number) => {
    const joint = phrases[at - 2];
    const isWith = joint?.meanings.some((one) => isWord(one, 'with')) ?? false;
    const isSaid = isWith || (isRows && HAVE.test(textOf(joint)));
    return at > 2 && isSaid && ONE.test(textOf(phrases[at - 1]));
  };
  // `in 2024`, which dates the rows.
  const end = phrases.findLastIndex(({ meanings }) => !meanings.some(isOfPeriod));
  return phrases.map((phrase, at) =>
    at === end && isOne(at)
      ? { ...phrase, meanings: phrase.meanings.map((one) => heldIn(one, schema)) }
      : phrase,
  );
}

const isOfPeriod = (one: Meaning): boolean => one.kind === 'period' || isWord(one, 'preposition');

/** A figure is to be other than 0, anything else to be there. */
function heldIn(meaning: Meaning, schema: Schema): Meaning {
  if (meaning.kind !== 'column' || meaning.steps !== undefined) return meaning;
  const within = { schema, chinese: false };
  const { table, column, cost } = meaning;
  const found = columnOf(within, meaning);
  if (found === undefined) return meaning;
  if (isQuantity(within, meaning)) {
    const isOften =
      found.holdsNull === true || found.samples.some((sample) => Number(sample) === 0);
    return isOften ? { kind: 'property', table, column, sign: '<>', cost } : meaning;
  }
  return found.holdsNull ? { kind: 'stored', table, column, not: false, cost } : meaning;
}
