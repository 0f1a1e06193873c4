/**
 * Whose name it is, where several tables have one: that of the table named beside it. `the names and
 * cities of customers`, `the customer's id`, `male students`.
 */
import { fold } from '../../schema/schema.ts';
import { COST } from '../columns/name-costs.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import type { Word } from '../words/word.ts';

/** The phrases, names and values of several tables held to the table beside them where it has one. */
export function ownNames(phrases: readonly Phrase[]): Phrase[] {
  return phrases.map((phrase, at) => {
    const owner = ownerOf(phrases, at);
    if (owner === undefined) return ownAmount(phrases, at) ?? phrase;
    const own = phrase.meanings.filter((one) => isOf(one, owner));
    return costOf(own) <= costOf(phrase.meanings) + COST.key
      ? { ...phrase, meanings: own }
      : phrase;
  });
}

/**
 * `bill amount`, `amount of the bills`, `bills with supplier and amount`, of bills that have amounts of their own, as
 * no amount of what belongs to them; undefined where it is none, or they have none.
 */
function ownAmount(phrases: readonly Phrase[], at: number): Phrase | undefined {
  const phrase = phrases[at];
  const isAmount = phrase?.meanings.some((one) => isWord(one, 'measure') && one.ofMost === true);
  const columns = phrase?.meanings.filter(({ kind }) => kind === 'column') ?? [];
  if (phrase === undefined || !isAmount || columns.length < 2) return undefined;
  const behind = says(phrases[at + 1], 'preposition')
    ? phrases.find((one, index) => index > at + 1 && !says(one, 'noise'))
    : undefined;
  const owner = tableIn(phrases[at - 1], COST.verb) ?? tableIn(behind, COST.verb);
  const own = columns.filter((one) =>
    owner === undefined ? isNamedIn(phrases, at, one) : isOf(one, owner),
  );
  if (own.length === 0) return undefined;
  const others = phrase.meanings.filter(({ kind }) => kind !== 'column');
  return { ...phrase, meanings: [...own, ...others] };
}

/** Whether any other phrase may mean something of the table of a column. */
function isNamedIn(phrases: readonly Phrase[], at: number, column: Meaning): boolean {
  return phrases.some(
    ({ meanings }, index) =>
      index !== at &&
      meanings.some(
        (one) => 'table' in one && 'table' in column && fold(one.table) === fold(column.table),
      ),
  );
}

/** The table that is named right behind a value, or before it and `named`; before a column, or behind `of` and the columns beside it. */
function ownerOf(phrases: readonly Phrase[], at: number): string | undefined {
  const phrase = phrases[at];
  if (phrase === undefined || phrase.meanings.length < 2) return undefined;
  if (phrase.meanings.every(({ kind }) => kind === 'value')) {
    const isNamed = says(phrases[at - 1], 'named');
    return tableIn(phrases[at + 1], COST.verb) ?? (isNamed ? tableIn(phrases[at - 2]) : undefined);
  }
  if (!isColumn(phrase)) return undefined;
  return ownerBehind(phrases, at) ?? ownerBefore(phrases, at - 1);
}

/** `names and cities of the customers`, where all of these are theirs. */
function ownerBehind(phrases: readonly Phrase[], at: number): string | undefined {
  const isListed = (one: Phrase | undefined) => isColumn(one) || says(one, 'and', 'noise');
  const end = phrases.findIndex((one, index) => index > at && !isListed(one));
  const start = phrases.findLastIndex((one, index) => index < at && !isListed(one)) + 1;
  if (!says(phrases[end], 'preposition', 'each')) return undefined;
  const next = phrases.findIndex(
    (one, index) => index > end && !says(one, 'noise', 'distinct', 'each'),
  );
  const owner = tableIn(phrases[next]);
  const areAll = phrases
    .slice(start, end)
    .every((one) => one === phrases[at] || !isColumn(one) || isCalledIn(one, owner));
  return areAll ? owner : undefined;
}

/** Whether a table has a column of the name that none of another table fits better. */
function isCalledIn({ meanings }: Phrase, owner: string | undefined): boolean {
  return costOf(meanings.filter((one) => isOf(one, owner))) === costOf(meanings);
}

function costOf(meanings: readonly Meaning[]): number {
  return Math.min(...meanings.map(({ cost }) => cost));
}

/** `the customer's`, `customer`. */
function ownerBefore(phrases: readonly Phrase[], from: number): string | undefined {
  return tableIn(phrases[says(phrases[from], 'noise') ? from - 1 : from]);
}

function isColumn(phrase: Phrase | undefined): boolean {
  return phrase?.meanings.every(({ kind }) => kind === 'column' || kind === 'names') ?? false;
}

function says(phrase: Phrase | undefined, ...words: readonly Word['word'][]): boolean {
  return phrase?.meanings.every((one) => isWord(one, ...words)) ?? false;
}

function isOf(meaning: Meaning, table: string | undefined): boolean {
  return meaning.kind !== 'table' && 'table' in meaning && fold(meaning.table) === table;
}

/** The one table that a phrase names, before all columns that it may mean. */
function tableIn(phrase: Phrase | undefined, most = Number.POSITIVE_INFINITY): string | undefined {
  // 各类合同: the kinds of what is named with them.
  const tables = (phrase?.meanings ?? []).flatMap((one) =>
    one.kind === 'table'
      ? one
      : one.kind === 'column' && one.ofThings
        ? { ...one, done: false }
        : [],
  );
  const [first, ...more] = tables.toSorted((a, b) => a.cost - b.cost);
  if (first === undefined || first.done || first.cost > most) return undefined;
  return more.every(({ cost }) => cost > first.cost) ? fold(first.table) : undefined;
}
