/**
 * Question × one table as token ids, after FinSQL's parallel cross-encoder:
 *
 *     <question> | <table in words> : <column in words> , <column in words> , … .
 *
 * The model looks backwards only, so a column is read off the token after it, which has seen the
 * question, the table's name and the columns before, and the table off the last token, which has seen all.
 */
import type { Tokenizer } from '@quaestor/peft';
import type { Table } from '../../schema/schema.ts';
import { nameWords } from '../words.ts';

export interface Pair {
  readonly ids: readonly number[];
  /** Row of the table. */
  readonly tableAt: number;
  /** Rows of the first so many columns, in stored order; later columns found no room. */
  readonly columnsAt: readonly number[];
}

const QUESTION_TOKENS = 96;
const PAIR_TOKENS = 320;
const DESCRIPTION_WORDS = 8;

/** A table as it is paired with every question: encoded once. */
export interface EncodedTable {
  readonly name: readonly number[];
  readonly columns: readonly (readonly number[])[];
}

/** What reads like a special token in a question or a comment is text. */
const PLAIN = { special: false };

export function encodeTable(tokenizer: Tokenizer, table: Table): EncodedTable {
  return {
    name: tokenizer.encode(` | ${describe(table.name, table.comment)} :`, PLAIN),
    columns: table.columns.map(({ name, comment }) =>
      tokenizer.encode(` ${describe(name, comment)} ,`, PLAIN),
    ),
  };
}

export function encodePair(
  tokenizer: Tokenizer,
  question: string,
  { name, columns }: EncodedTable,
): Pair {
  const end = tokenizer.encode(' .');
  const ids = [...tokenizer.encode(question, PLAIN).slice(0, QUESTION_TOKENS), ...name];
  const columnsAt: number[] = [];
  for (const column of columns) {
    if (ids.length + column.length + end.length > PAIR_TOKENS) break;
    ids.push(...column);
    columnsAt.push(ids.length - 1);
  }
  ids.push(...end);
  return { ids, tableAt: ids.length - 1, columnsAt };
}

/** The comment says it better than a name without gaps. */
function describe(name: string, comment: string): string {
  const [first = ''] = comment.split('|');
  const told = first.trim().split(/\s+/).slice(0, DESCRIPTION_WORDS).join(' ');
  return told === '' ? nameWords(name).join(' ') : told.toLowerCase();
}
