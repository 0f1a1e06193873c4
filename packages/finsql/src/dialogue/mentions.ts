/** Where a question mentions stored values, periods and columns. */
import type { LinkedValue } from '../retrieval/values.ts';
import { nameWords } from '../retrieval/words.ts';
import { fold, type Schema } from '../schema/schema.ts';
import { explainedCodes } from '../word-by-word/names/explained-codes.ts';
import { looseSource } from './sentence.ts';

/** A stretch of a text. */
export interface Span {
  readonly at: number;
  readonly text: string;
}

export interface ValueMention extends Span {
  /** `table.column`, folded, of each column that holds the value. */
  readonly columns: readonly string[];
  /** Whether it is what a code means, as the column's comment explains it: paid of `P = paid`. */
  readonly isCode?: boolean;
}

/** What is known of the database a thread is about. */
export interface Vocabulary {
  readonly schema: Schema;
  /** Stored values that a text mentions, as `ValueIndex.find` gives them. */
  find(text: string): readonly LinkedValue[];
}

/** Stored values that a text spells out, and meanings of codes, in its order; of overlapping ones the longest. */
export function valueMentions(text: string, { find, schema }: Vocabulary): ValueMention[] {
  const bySpan = new Map<string, { readonly span: Span; readonly columns: Set<string> }>();
  for (const { table, column, value, similarity } of find(text)) {
    if (similarity < 1) continue;
    const span = locate(text, value);
    if (span === undefined) continue;
    const key = `${span.at} ${span.text.length}`;
    const found = bySpan.get(key) ?? { span, columns: new Set() };
    found.columns.add(fold(`${table}.${column}`));
    bySpan.set(key, found);
  }
  const stored = [...bySpan.values()].map(({ span, columns }) => ({
    ...span,
    columns: [...columns],
  }));
  const mentions: ValueMention[] = [];
  for (const mention of [...stored, ...codeMentions(text, schema)].sort(
    (a, b) => b.text.length - a.text.length,
  )) {
    if (!mentions.some((other) => overlap(other, mention))) mentions.push(mention);
  }
  return mentions.sort((a, b) => a.at - b.at);
}

/** Where a text says what a code means: one mention of each word, whatever columns explain it. */
function codeMentions(text: string, schema: Schema): ValueMention[] {
  const lower = text.toLowerCase();
  return [...codeWordsOf(schema)].flatMap(([word, columns]) => {
    const span = lower.includes(word) ? locate(text, word) : undefined;
    return span === undefined ? [] : [{ ...span, columns, isCode: true }];
  });
}

const CODE_WORDS = new WeakMap<Schema, ReadonlyMap<string, readonly string[]>>();

/** Columns by the words of their codes, in lower case. */
function codeWordsOf(schema: Schema): ReadonlyMap<string, readonly string[]> {
  const known = CODE_WORDS.get(schema);
  if (known !== undefined) return known;
  const words = new Map<string, string[]>();
  for (const table of schema.tables) {
    for (const column of table.columns) {
      const { codes, areAll } = explainedCodes(column);
      for (const [word, code] of areAll ? codes : []) {
        const key = word.toLowerCase();
        if (key === code.toLowerCase()) continue;
        words.set(key, [...(words.get(key) ?? []), fold(`${table.name}.${column.name}`)]);
      }
    }
  }
  CODE_WORDS.set(schema, words);
  return words;
}

/** The stored value that a whole text means by a part of it: `Haldane` → Haldane Electronics. */
export function nearValue(text: string, { find }: Vocabulary): ValueMention | undefined {
  const near = find(text).filter(({ similarity }) => similarity < 1);
  const values = new Set(near.map(({ value }) => value));
  const [value] = values;
  if (value === undefined || values.size > 1) return undefined;
  return {
    at: 0,
    text: value,
    columns: near.map(({ table, column }) => fold(`${table}.${column}`)),
  };
}

/** A letter or digit of a word that is not Chinese, beside which Han characters stand without a space. */
const IN_WORD = '(?!\\p{Script=Han})[\\p{L}\\p{N}]';

/** The first place where a text has the words of another, whatever their case and the signs between. */
export function locate(text: string, words: string): Span | undefined {
  const source = looseSource(words);
  if (source === '') return undefined;
  const han = /\p{Script=Han}/u.test(words);
  const pattern = new RegExp(
    han ? source : `(?<!${IN_WORD})${source}(?:'?s|es)?(?!${IN_WORD})`,
    'iu',
  );
  const match = pattern.exec(text);
  return match === null ? undefined : { at: match.index, text: match[0] };
}

/** How people say a column: the words of its name and what its comment offers. */
export function namesOfColumn(schema: Schema, key: string): string[] {
  for (const table of schema.tables) {
    for (const { name, comment } of table.columns) {
      if (fold(`${table.name}.${name}`) !== key) continue;
      const words = nameWords(name).join(' ');
      const said = comment.split('|').map((part) => part.trim().replace(/ in [A-Z]{3}$/, ''));
      return [words, ...said].filter((text) => text.length > 1);
    }
  }
  return [];
}

/** `table.column`, folded, of the columns that a phrase names in full. */
export function columnsNamed(phrase: string, schema: Schema): string[] {
  const wanted = new RegExp(`^${looseSource(phrase.replace(/(?<=\p{L}{3})s$/u, ''))}s?$`, 'iu');
  if (looseSource(phrase) === '') return [];
  return schema.tables.flatMap((table) =>
    table.columns
      .map(({ name }) => fold(`${table.name}.${name}`))
      .filter((key) => namesOfColumn(schema, key).some((name) => wanted.test(name))),
  );
}

/** The table, folded, of a column given as `table.column`. */
export function tableOf(key: string): string {
  return key.slice(0, key.indexOf('.'));
}

/** A text with a stretch of it replaced. */
export function replaceSpan(text: string, { at, text: old }: Span, by: string): string {
  return text.slice(0, at) + by + text.slice(at + old.length);
}

/** A text with stretches of it blanked out, so that places stay the same. */
export function blank(text: string, spans: readonly Span[]): string {
  return spans.reduce((rest, span) => replaceSpan(rest, span, ' '.repeat(span.text.length)), text);
}

function overlap(a: Span, b: Span): boolean {
  return a.at < b.at + b.text.length && b.at < a.at + a.text.length;
}
