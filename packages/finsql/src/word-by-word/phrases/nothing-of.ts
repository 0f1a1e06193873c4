/** `nothing drawn`, `on which nothing was paid`, `pays nothing`: a figure that is 0. */
import type { Schema } from '../../schema/schema.ts';
import { columnOf, isQuantity } from '../columns/schema-columns.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import type { ColumnRef } from '../model/reading.ts';

/** The phrases, with a figure that there is nothing of held to 0. */
export function withNothing(
  phrases: readonly Phrase[],
  question: string,
  schema: Schema,
): Phrase[] {
  const at = phrases.findIndex(({ from, to }) =>
    /^(?:nothing(?: at all)?|not a (?:penny|cent))$/i.test(question.slice(from, to)),
  );
  if (at < 0) return [...phrases];
  const isSilent = ({ meanings }: Phrase) =>
    meanings.every((one) => isWord(one, 'noise', 'copula'));
  const behind = phrases.findIndex((one, index) => index > at && !isSilent(one));
  const tables = phrases.flatMap(({ meanings }) =>
    meanings.flatMap((one) => (one.kind === 'table' && one.cost <= 1 ? one.table : [])),
  );
  const figures = [at - 1, behind].map((index) => {
    const own = zerosOf(phrases[index], schema, tables);
    return own.length > 0 ? own : zerosOf(phrases[index], schema, undefined);
  });
  const [before, next] = figures;
  const of = before !== undefined && before.length > 0 ? at - 1 : behind;
  const zeros = of === behind ? next : before;
  if (zeros === undefined || zeros.length === 0) return [...phrases];
  return phrases.map((phrase, index) => {
    if (index === at) return { ...phrase, meanings: [{ kind: 'word', word: 'noise', cost: 0 }] };
    return index === of ? { ...phrase, meanings: zeros } : phrase;
  });
}

/**
 * The figures that a phrase may mean, as held to 0.
 * @param tables those that are named; where none is, only what is 0 in some rows
 */
function zerosOf(
  phrase: Phrase | undefined,
  schema: Schema,
  tables: readonly string[] | undefined,
): Meaning[] {
  const isZero = (ref: ColumnRef) => {
    const within = { schema, chinese: false };
    const samples = columnOf(within, ref)?.samples ?? [];
    const isKnown = tables?.includes(ref.table) ?? samples.some((one) => Number(one) === 0);
    return isQuantity(within, ref) && isKnown;
  };
  return (phrase?.meanings ?? []).flatMap((one): Meaning[] =>
    one.kind === 'column' && isZero(one)
      ? [{ kind: 'property', table: one.table, column: one.column, sign: '=', cost: one.cost }]
      : [],
  );
}
