import { isIn } from '../retrieval/values/lookup.ts';
import { keyOf } from '../retrieval/values/units.ts';
import type { LinkedValue } from '../retrieval/values.ts';
import { fold, type Schema, type Table } from '../schema/schema.ts';
import { ownerOfColumn } from '../sql/owner.ts';
import { analyse, type ColumnReference } from '../sql/scopes.ts';
import type { SqlToken } from '../sql/tokenize.ts';

/** A column of a known table, compared with texts. */
export interface Comparison {
  readonly reference: ColumnReference;
  readonly owner: Table;
  /** As written. */
  readonly column: string;
  /** Indices of the texts. */
  readonly texts: readonly number[];
}

/** Every `column = 'x'`, `column != 'x'`, `column in ('x', 'y')` of a statement. */
export function textComparisons(tokens: readonly SqlToken[], schema: Schema): Comparison[] {
  return analyse(tokens, schema).columns.flatMap((reference) => {
    const owner = ownerOfColumn(tokens, reference);
    const texts = owner === undefined ? [] : comparedTexts(tokens, reference.at);
    if (owner === undefined || texts.length === 0) return [];
    return [{ reference, owner, column: tokens[reference.at]?.value ?? '', texts }];
  });
}

/** Of what a question mentions the texts of that column that it spells out, as they are stored, each once. */
export function textsSpelledOut(
  mentions: readonly LinkedValue[],
  { owner, column }: Pick<Comparison, 'owner' | 'column'>,
): string[] {
  const spelled = mentions.filter(
    (mention) => mention.similarity === 1 && isIn(mention, owner.name, column),
  );
  return [...new Set(spelled.map(({ value }) => value))];
}

/** Keys of all texts of a statement. */
export function textKeys(tokens: readonly SqlToken[]): string[] {
  return tokens.filter(({ kind }) => kind === 'string').map(({ value }) => keyOf(value));
}

/** Indices of the texts that the column at that index is compared with. */
function comparedTexts(tokens: readonly SqlToken[], column: number): number[] {
  const operator = fold(tokens[column + 1]?.text ?? '');
  if (['=', '==', '!=', '<>'].includes(operator) && tokens[column + 2]?.kind === 'string') {
    return [column + 2];
  }
  const list = operator === 'not' ? column + 2 : column + 1;
  if (fold(tokens[list]?.text ?? '') !== 'in' || tokens[list + 1]?.text !== '(') return [];
  const found: number[] = [];
  for (let at = list + 2; tokens[at]?.kind === 'string'; at += 2) {
    found.push(at);
    if (tokens[at + 1]?.text !== ',') break;
  }
  return found;
}
