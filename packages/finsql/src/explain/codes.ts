/** What stored codes mean, where the comment of their column explains all that it holds: A active, C closed. */
import type { Language } from '../language.ts';
import { hasHan } from '../retrieval/words.ts';
import type { Column, Schema } from '../schema/schema.ts';
import { flagOf } from '../word-by-word/columns/flag-columns.ts';
import { type Coded, explainedCodes } from '../word-by-word/names/explained-codes.ts';
import type { Expression, Select } from './ast.ts';
import { columnsShown } from './column-of.ts';

/** A column that is shown, and what its codes mean. */
export interface CodesShown {
  readonly column: string;
  readonly meanings: readonly Meaning[];
}

interface Meaning {
  readonly code: string;
  readonly words: string;
}

/** The codes of a column with their meanings, in the language where the comment has both; none where one is not explained. */
export function meaningsOf(column: Column, language: Language): readonly Meaning[] {
  const { codes, areAll } = explainedCodes(column);
  // `12 months` of a column that holds 12 alone explains no code.
  if (!areAll || (codes.length === 1 && flagOf(column) === undefined)) return [];
  const told = codes.map(plain);
  const isInLanguage = (text: string) => hasHan(text) === (language === 'zh');
  const inLanguage = told.filter(([words]) => isInLanguage(words));
  // Of a comment in two languages, the other one is for others.
  const parts = column.comment.split('|');
  if (inLanguage.length === 0 && parts.length > 1 && parts.some(isInLanguage)) return [];
  const found = new Map<string, string>();
  for (const [words, code] of [...inLanguage, ...told]) {
    if (!found.has(code)) found.set(code, words);
  }
  const inOrder = [...new Set(codes.map(([, code]) => code))];
  return inOrder.map((code) => ({ code, words: found.get(code) ?? '' }));
}

/** `the state controls it` of `1 if the state controls it`. */
function plain([words, code]: Coded): Coded {
  return [words.replace(/^(?:if|when|where) /i, ''), code];
}

/**
 * The codes of columns that a SELECT shows as they are.
 * @param nameOf how a column is called
 */
export function codesShown(
  select: Select,
  schema: Schema,
  language: Language,
  nameOf: (table: string | null, column: string) => string,
): readonly CodesShown[] {
  const asIs = (shown: Expression) => (shown.type === 'column_ref' ? shown : undefined);
  return [...columnsShown(select, schema, asIs, nameOf)].flatMap(([name, column]) => {
    const meanings = meaningsOf(column, language);
    return meanings.length === 0 ? [] : [{ column: name, meanings }];
  });
}

/** The code that an expression is, as text: `'A'`, `2`; undefined for what is no literal. */
export function codeIn(expression: Expression): string | undefined {
  const { type } = expression;
  return type === 'number' || type === 'string' || type === 'single_quote_string'
    ? String(expression.value)
    : undefined;
}
