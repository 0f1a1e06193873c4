/** Where a question mentions stored values, periods and columns. */
import type { LinkedValue } from '../retrieval/values.ts';
import { nameWords } from '../retrieval/words.ts';
import { fold, type Schema } from '../schema/schema.ts';
import { looseSource } from './sentence.ts';

/** A stretch of a text. */
export interface Span {
  readonly at: number;
  readonly text: string;
}

export interface ValueMention extends Span {
  /** `table.column`, folded, of each column that holds the value. */
  readonly columns: readonly string[];
}

/** What is known of the database a thread is about. */
export interface Vocabulary {
  readonly schema: Schema;
  /** Stored values that a text mentions, as `ValueIndex.find` gives them. */
  find(text: string): readonly LinkedValue[];
}

/** Stored values that a text spells out, in its order; of overlapping ones the longest. */
export function valueMentions(text: string, { find }: Vocabulary): ValueMention[] {
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
  const mentions: ValueMention[] = [];
  for (const { span, columns } of [...bySpan.values()].sort(
    (a, b) => b.span.text.length - a.span.text.length,
  )) {
    if (!mentions.some((other) => overlap(other, span))) {
      mentions.push({ ...span, columns: [...columns] });
    }
  }
  return mentions.sort((a, b) => a.at - b.at);
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
