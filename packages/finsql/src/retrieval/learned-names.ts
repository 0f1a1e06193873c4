/**
 * What people call stored texts, as known questions show it: where `power companies` nearly always comes
 * with `industry_name = 'Electric Utilities'`, or 中期票据 with `bond_type = 'Medium-Term Note'`, it means
 * that text. So corrections teach the words of a house.
 */
import { createHash } from 'node:crypto';
import { textComparisons, textKeys } from '../calibrate/compared-texts.ts';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { findColumn, fold, type Schema } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { atOnce, inTurns } from '../turn.ts';
import type { ExemplarIndex } from './exemplars.ts';
import type { Place } from './values/lookup.ts';
import { keyOf } from './values/units.ts';
import { hasHan, isStopWord, nameWords, stem } from './words.ts';

export interface LearnedName extends Place {
  /** Words, or Chinese characters, of the name. */
  readonly length: number;
}

export interface LearnedNames {
  /** The stored texts that a question says by their names, each once, longest names first. */
  find(question: string): LearnedName[];
}

/** Known questions with the name and the text. */
const LEAST = 3;
/** Of the known questions with the name, the part that has the text. */
const MEANING = 0.8;
const MOST_WORDS = 3;
const MOST_CHARACTERS = 6;
/** No name begins or ends with one of these. */
const CONNECTING = /^[的是在有和与及或为了被由哪些]|[的是在有和与及或为了被由哪些]$/u;
/** Questions that are read in one go: some milliseconds. */
const PIECE = 100;

const learned = new WeakMap<ExemplarIndex, Map<Schema, LearnedNames>>();
const underWay = new WeakMap<ExemplarIndex, Map<Schema, Promise<Meanings>>>();

/** Stored texts by the names that mean them. */
type Meanings = ReadonlyMap<string, readonly Place[]>;

/** The names that the questions of an index teach of a database; learnt once. */
export function learnedNames(exemplars: ExemplarIndex, schema: Schema): LearnedNames {
  const found = learned.get(exemplars)?.get(schema);
  return found ?? remember(exemplars, schema, atOnce(meaningsOf(exemplars, schema)));
}

/**
 * Learns them in turns of the event loop, so that `learnedNames` has them at once; questions that come
 * meanwhile wait for the same work.
 */
export async function learnNamesInTurns(exemplars: ExemplarIndex, schema: Schema): Promise<void> {
  if (learned.get(exemplars)?.has(schema) === true) return;
  const begun = underWay.get(exemplars) ?? new Map<Schema, Promise<Meanings>>();
  underWay.set(exemplars, begun);
  const learn = () => inTurns(meaningsOf(exemplars, schema));
  const work = begun.get(schema) ?? learn().finally(() => begun.delete(schema));
  begun.set(schema, work);
  remember(exemplars, schema, await work);
}

function remember(exemplars: ExemplarIndex, schema: Schema, meanings: Meanings): LearnedNames {
  const names: LearnedNames = { find: (question) => findIn(question, meanings) };
  const known = learned.get(exemplars) ?? new Map<Schema, LearnedNames>();
  learned.set(exemplars, known.set(schema, names));
  return names;
}

/** Learnt, or read where they were learnt before and the index is kept. */
function* meaningsOf(exemplars: ExemplarIndex, schema: Schema): Generator<undefined, Meanings> {
  const note = noteOf(schema);
  const noted = exemplars.notes?.read(note);
  if (noted !== undefined) return new Map(JSON.parse(noted));
  const learnt = yield* learning(exemplars.of(schema.name), schema);
  exemplars.notes?.write(note, JSON.stringify([...learnt]));
  return learnt;
}

/** The note of what is learnt of a schema: of its names and what they mean, whatever the tables hold. */
function noteOf({ name, tables }: Schema): string {
  const named = tables.map((table) => [
    ...[table.name, table.comment],
    table.columns.map((column) => [column.name, column.comment]),
  ]);
  const digest = createHash('sha256')
    .update(JSON.stringify([name, named]))
    .digest('hex');
  return `names ${digest.slice(0, 16)}`;
}

/** Pauses after each piece of the work. */
function* learning(
  items: readonly TextToSqlItem[],
  schema: Schema,
): Generator<undefined, Meanings> {
  /** For each name, how many questions have it with each text. */
  const together = new Map<string, Map<string, number>>();
  const places = new Map<string, Place>();
  for (const [index, item] of items.entries()) {
    if (index % PIECE === PIECE - 1) yield;
    const texts = unspelledTexts(item, schema);
    if (texts.size === 0) continue;
    for (const [key, place] of texts) places.set(key, place);
    for (const name of namesIn(item.question).keys()) {
      const counts = together.get(name) ?? new Map<string, number>();
      together.set(name, counts);
      for (const key of texts.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const namesSchema = namesOfSchema(schema);
  for (const [name, counts] of together) {
    if (Math.max(...counts.values()) < LEAST || namesSchema(name)) together.delete(name);
  }
  const asked = new Map<string, number>();
  for (const [index, { question }] of items.entries()) {
    if (index % PIECE === PIECE - 1) yield;
    for (const name of namesIn(question).keys()) {
      if (together.has(name)) asked.set(name, (asked.get(name) ?? 0) + 1);
    }
  }
  const meant = new Map<string, readonly Place[]>();
  for (const [name, counts] of together) {
    const all = asked.get(name) ?? 0;
    const keys = [...counts].filter(([, count]) => count >= LEAST && count >= MEANING * all);
    if (keys.length > 0)
      meant.set(
        name,
        keys.flatMap(([key]) => places.get(key) ?? []),
      );
  }
  return meant;
}

/** Whether a name is made of words of the schema's own names and comments: it asks for what is named. */
function namesOfSchema({ tables }: Schema): (name: string) => boolean {
  const named = tables.flatMap((table) => [table, ...table.columns]);
  const stems = new Set(
    named.flatMap(({ name, comment }) => nameWords(`${name} ${comment}`).map(stem)),
  );
  const comments = named.map(({ comment }) => comment).join('\n');
  return (name) =>
    hasHan(name) ? comments.includes(name) : name.split(' ').every((word) => stems.has(word));
}

function findIn(question: string, meant: Meanings): LearnedName[] {
  const found = new Map<string, LearnedName>();
  const names = [...namesIn(question)].sort(([, a], [, b]) => b - a);
  for (const [name, length] of names) {
    for (const place of meant.get(name) ?? []) {
      const key = `${place.table}.${place.column}.${place.value}`;
      if (!found.has(key)) found.set(key, { ...place, length });
    }
  }
  return [...found.values()];
}

/** Texts that a statement compares with and that its question does not spell, by where they are stored. */
function unspelledTexts({ question, sql }: TextToSqlItem, schema: Schema): Map<string, Place> {
  const found = new Map<string, Place>();
  if (!/['"]/.test(sql)) return found;
  const spelled = keyOf(question);
  // Dates and codes have no other names.
  const isSpelled = (key: string) => key === '' || /^[\d ]+$/.test(key) || spelled.includes(key);
  const tokens = tokenizeSql(sql);
  // Nearly always; to know which columns are compared takes much longer.
  if (textKeys(tokens).every(isSpelled)) return found;
  for (const { owner, column: written, texts } of textComparisons(tokens, schema)) {
    const column = findColumn(owner, written)?.name ?? written;
    for (const at of texts) {
      const value = tokens[at]?.value ?? '';
      if (isSpelled(keyOf(value))) continue;
      found.set(fold(`${owner.name}.${column}.${value}`), { table: owner.name, column, value });
    }
  }
  return found;
}

/** What may be a name in a question, with its length: up to three words, two to six characters. */
function namesIn(question: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [run] of question.matchAll(/\p{Script=Han}+/gu)) {
    const characters = [...run];
    for (let at = 0; at < characters.length; at++) {
      for (
        let length = 2;
        length <= MOST_CHARACTERS && at + length <= characters.length;
        length++
      ) {
        const name = characters.slice(at, at + length).join('');
        if (!CONNECTING.test(name)) found.set(name, length);
      }
    }
  }
  const all = question.toLowerCase().match(/(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? [];
  const stems = all.map(stem);
  for (let at = 0; at < all.length; at++) {
    for (let length = 1; length <= MOST_WORDS && at + length <= all.length; length++) {
      const ends = [all[at] ?? '', all[at + length - 1] ?? ''];
      if (ends.some((word) => isStopWord(word) || /^\d+$/.test(word))) continue;
      found.set(stems.slice(at, at + length).join(' '), length);
    }
  }
  return found;
}
