/** What is never done with things: they have no row of the table that tells it. */
import { singular } from '../../retrieval/words.ts';
import { findTable, fold } from '../../schema/schema.ts';
import { tableWords } from '../columns/name-words.ts';
import { isPartOf } from '../columns/part-of.ts';
import { hasLabel } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import type { WordMeaning } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';
import { tellsDoing } from '../phrases/never-done.ts';
import { keyTo } from './rows-absent.ts';

type NeverDone = Extract<WordMeaning, { readonly word: 'never-done' }>;

/** @throws Unread where nothing says of what, or no one table tells it */
export function takeNeverDone(state: ParseState, word: NeverDone): void {
  const { asked, said } = state;
  const isMeasured = said.calls.some((call) => call !== 'count') || said.sign !== undefined;
  if (isMeasured || said.without || said.negated || said.grouping) unread('never done with what');
  const thing = asked.thing ?? whoseRows(state, word.done) ?? unread('never done with what');
  asked.thing = thing;
  const rows = rowsTold(state, thing, word);
  // Trips refer to the invoice that they are on.
  const column = rows === undefined ? keyToDone(state, thing, word) : undefined;
  if (column !== undefined) {
    asked.conditions.push({ kind: 'stored', column: { table: thing, column }, not: true });
    return;
  }
  const table = rows ?? soleRows(state, thing, word) ?? unread('no rows of what is done');
  asked.conditions.push({ kind: 'without', table });
}

/** The one table whose rows belong to things and tell what is done; of those that have a name for it, that. */
function rowsTold(state: ParseState, thing: string, { verb, done }: NeverDone): string | undefined {
  const own = belongingTo(state, thing);
  const named = own.filter((table) => done.some((one) => fold(one) === fold(table)));
  const told = tablesTelling(state, verb).filter((table) => isPartOf(state.links, table, thing));
  const [only, ...more] = named.length > 0 ? named : told;
  return more.length > 0 ? undefined : only;
}

function tablesTelling({ schema }: ParseState, verb: string): string[] {
  return schema.tables.flatMap(({ name }) => (tellsDoing(verb, headOf(name)) ? name : []));
}

/**
 * The only table whose rows belong to things: those that are part of what tells it, as order lines are of orders,
 * or any where nothing of the schema does.
 */
function soleRows(
  state: ParseState,
  thing: string,
  { verb, done, active }: NeverDone,
): string | undefined {
  const telling = [...done, ...tablesTelling(state, verb)];
  const own = belongingTo(state, thing).filter((table) => !OF_FIGURES.test(headOf(table)));
  const parts = own.filter((table) => telling.some((one) => isPartOf(state.links, table, one)));
  // Where they do it themselves, other rows may tell it.
  const others = active === true || telling.length > 0 ? [] : own;
  const [only, ...more] = parts.length > 0 ? parts : others;
  return more.length > 0 ? undefined : only;
}

/** Rows that are put down of things whatever is done with them. */
const OF_FIGURES =
  /^(?:price|rate|valuation|nav|snapshot|history|quote|close|value|balance|fixing|score|figure|px|index|month|year|day|statistic)$/;

function belongingTo({ links, schema }: ParseState, thing: string): string[] {
  const found = links.filter(({ table, target }) => target === fold(thing) && table !== target);
  return [...new Set(found.map(({ table }) => table))].flatMap(
    (table) => findTable(schema, table)?.name ?? [],
  );
}

function headOf(table: string): string {
  return singular(tableWords(table).at(-1) ?? '');
}

/** The one key of things to rows that tell what is done. */
function keyToDone(
  state: ParseState,
  thing: string,
  { verb, done }: NeverDone,
): string | undefined {
  const targets = state.links
    .filter(({ table, target }) => table === fold(thing) && target !== table)
    .map(({ target }) => target)
    .filter(
      (target) => done.some((one) => fold(one) === target) || tellsDoing(verb, headOf(target)),
    );
  const [only, ...more] = targets;
  return only === undefined || more.length > 0 ? undefined : keyTo(state, thing, only);
}

/** `who has never been invoiced`, `who never got a wage slip`: those with a name whose such rows are; undefined where there are none, or several. */
export function whoseRows(
  { asked, links, schema, chinese }: ParseState,
  rows: readonly string[],
): string | undefined {
  if (chinese || !asked.who || asked.shown.length > 0) return undefined;
  const owners = links.filter(({ table }) => rows.some((one) => fold(one) === table));
  const called = [...new Set(owners.map(({ target }) => target))].flatMap(
    (table) => findTable(schema, table)?.name ?? [],
  );
  const [only, ...more] = called.filter((table) => hasLabel({ schema, chinese }, table));
  return more.length > 0 ? undefined : only;
}
