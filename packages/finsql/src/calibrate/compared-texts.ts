import { fold } from '../schema/schema.ts';
import type { SqlToken } from '../sql/tokenize.ts';

/** Indices of the texts in `column = 'x'`, `column != 'x'`, `column in ('x', 'y')`. */
export function comparedTexts(tokens: readonly SqlToken[], column: number): number[] {
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
