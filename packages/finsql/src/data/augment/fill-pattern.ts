/** Pattern + slots → one question with its SQL. */
import type { Random } from '@quaestor/peft';
import { FinSqlError } from '../../errors.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Pattern } from './pattern-file.ts';
import { choosePhrase } from './phrase.ts';
import type { Entry, Language, Slots } from './slots.ts';

export interface FilledPattern {
  readonly question: string;
  readonly sql: string;
  readonly lang: Language;
}

/** Slots inside the words and SQL of entries are filled this deep. */
const DEEPEST = 4;
const SLOT = /\{(\^?)([a-z_]+?)(\d*)(?:\.([a-z_]+))?(?:\?(\w+))?(!?)\}/g;
const CONDITIONAL = /\[(\w+):([^\]]*)\]/g;

type Bindings = Map<string, Entry | undefined>;

/**
 * Draws a wording and an entry for each slot. A Chinese question names columns `x_cn` where the
 * schema has them beside `x`.
 *
 * @returns undefined where a slot has no entry left, or an entry lacks a field
 * @throws FinSqlError `bad-data` for a slot that is not defined
 */
export function fillPattern(
  pattern: Pattern,
  slots: Slots,
  lang: Language,
  chineseColumns: ReadonlyMap<string, string>,
  random: Random,
): FilledPattern | undefined {
  const wordings = pattern.wordings[lang];
  const wording = wordings[random.integer(wordings.length)];
  if (wording === undefined) return undefined;
  const filler = { pattern, slots, lang, random, bound: new Map() as Bindings };
  const question = fill(choosePhrase(wording, random), 'words', filler, '', 0);
  // What the wording doesn't mention stays out of the statement.
  const asked = pattern.sql.replace(CONDITIONAL, (_, slot: string, text: string) =>
    filler.bound.has(slot) ? text : '',
  );
  const sql = fill(asked, 'sql', filler, '', 0);
  if (question === undefined || sql === undefined) return undefined;
  const joined = withoutRepeatedJoins(sql);
  return {
    question: tidy(question, lang),
    sql: lang === 'zh' ? inChinese(joined, chineseColumns) : joined,
    lang,
  };
}

/** `x` → `x_cn` for the columns of a schema that come in both languages. */
export function chineseColumns(schema: Schema): ReadonlyMap<string, string> {
  const all = schema.tables.flatMap(({ columns }) => columns.map(({ name }) => name));
  const names = new Set(all);
  return new Map(all.flatMap((name) => (names.has(`${name}_cn`) ? [[name, `${name}_cn`]] : [])));
}

interface Filler {
  readonly pattern: Pattern;
  readonly slots: Slots;
  readonly lang: Language;
  readonly random: Random;
  readonly bound: Bindings;
}

/** @param scope entry whose text this is: slots in it are drawn for that entry alone */
function fill(
  text: string,
  as: 'words' | 'sql',
  filler: Filler,
  scope: string,
  depth: number,
): string | undefined {
  let complete = true;
  const filled = text.replace(
    SLOT,
    (
      whole,
      outer: string,
      name: string,
      number: string,
      field: string,
      otherwise: string | undefined,
      bare: string,
    ) => {
      if (otherwise !== undefined && !filler.bound.has(`${name}${number}`)) return otherwise;
      const key = `${outer === '' ? scope : ''}${name}${number}`;
      const entry = bind(outer === '' ? scope : '', name, Number(number || 1), filler);
      const found = entry === undefined ? undefined : textOf(entry, field, as, key, filler);
      if (found === undefined || depth === DEEPEST) {
        complete = false;
        return whole;
      }
      const inner = fill(found, as, filler, `${key}/`, depth + 1);
      if (inner === undefined) complete = false;
      // A field is SQL or words as it stands.
      return bare === '' || field !== undefined
        ? (inner ?? whole)
        : (inner ?? whole).replace(/^'(.*)'$/, '$1');
    },
  );
  return complete ? filled : undefined;
}

/** `{slot2}` is an entry that comes after `{slot}` in the list, so that years and days are in order. */
function bind(scope: string, name: string, nth: number, filler: Filler): Entry | undefined {
  const { slots, bound, random, pattern } = filler;
  const key = `${scope}${name}${nth === 1 ? '' : nth}`;
  if (bound.has(key)) return bound.get(key);
  const entries = slots.get(name);
  if (entries === undefined) {
    throw new FinSqlError('bad-data', {
      en: `${pattern.name}: there is no slot {${name}}.`,
      zh: `${pattern.name}：没有槽位 {${name}}。`,
    });
  }
  const before = nth > 1 ? bind(scope, name, nth - 1, filler) : undefined;
  const free = before === undefined ? entries : entries.slice(entries.indexOf(before) + 1);
  const entry = free[random.integer(free.length)];
  bound.set(key, entry);
  return entry;
}

function textOf(
  entry: Entry,
  field: string | undefined,
  as: 'words' | 'sql',
  key: string,
  { lang, random, bound }: Filler,
): string | undefined {
  const pick = (words: Entry['words']) => choosePhrase(draw(words[lang], random) ?? '', random);
  if (field === undefined) return as === 'sql' ? entry.sql[lang] : pick(entry.words);
  const content = entry.fields.get(field);
  if (content === undefined || typeof content === 'string') return content;
  if (!Array.isArray(content)) return pick(content as Entry['words']);
  const inner = `${key}.${field}`;
  const chosen: Entry | undefined = bound.has(inner)
    ? bound.get(inner)
    : draw(content as Entry[], random);
  bound.set(inner, chosen);
  if (chosen === undefined) return undefined;
  return as === 'sql' ? chosen.sql[lang] : pick(chosen.words);
}

/** Two entries of a pattern may bring the same join. */
function withoutRepeatedJoins(sql: string): string {
  const seen = new Set<string>();
  return sql.replace(/join (\w+) as (\w+) on \S+ = \S+/g, (join, _table, _alias, at: number) => {
    // Each part of a compound statement has joins of its own.
    const part = sql.slice(0, at).match(/\bselect\b/g)?.length ?? 0;
    const key = `${part} ${join}`;
    if (seen.has(key)) return '';
    seen.add(key);
    return join;
  });
}

function draw<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[random.integer(items.length)];
}

/** An article before a vowel; a rating A is none. */
const ARTICLE = /(^A|\ba) (?=[aeioAEIO]|[uU](?!ni))(?!one\b)/g;

function tidy(question: string, lang: Language): string {
  const text = question
    .replace(/\s+/g, ' ')
    .replace(/ ([,.?])/g, '$1')
    .trim();
  if (lang !== 'en') return text;
  const articles = text.replace(ARTICLE, '$1n ');
  return articles.charAt(0).toUpperCase() + articles.slice(1);
}

function inChinese(sql: string, columns: ReadonlyMap<string, string>): string {
  return sql.replace(/'(?:[^']|'')*'|[a-z_]+/g, (word) => columns.get(word) ?? word);
}
