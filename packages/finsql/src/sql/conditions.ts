/** The conditions of a statement, as far as tokens tell. */
import { fold } from '../schema/schema.ts';
import { BEHIND_FROM } from './select-list.ts';
import { type SqlToken, tokenizeSql } from './tokenize.ts';

/** The tokens behind each WHERE, in nested queries too, up to the end of its clause. */
export function whereClauses(tokens: readonly SqlToken[]): SqlToken[][] {
  return tokens.flatMap((token, at) =>
    isWord(token, /^where$/) ? [clauseFrom(tokens, at + 1)] : [],
  );
}

function clauseFrom(tokens: readonly SqlToken[], start: number): SqlToken[] {
  const clause: SqlToken[] = [];
  let depth = 0;
  for (const token of tokens.slice(start)) {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    if (depth < 0 || (depth === 0 && (token.text === ';' || isWord(token, BEHIND_FROM)))) break;
    clause.push(token);
  }
  return clause;
}

/** What `and` or `or` holds together, outside all parentheses; the `and` of BETWEEN is none. */
export function partsAround(tokens: readonly SqlToken[], word: 'and' | 'or'): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  let between = false;
  for (const token of tokens) {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    const said = depth === 0 && token.kind === 'word' ? fold(token.text) : '';
    if (said === word && !(word === 'and' && between)) {
      parts.push([]);
      continue;
    }
    if (said === 'between') between = true;
    else if (said === 'and') between = false;
    parts.at(-1)?.push(token);
  }
  return parts;
}

/** A column compared with a literal. */
export interface Comparison {
  /** Folded, with its qualifier. */
  readonly column: string;
  readonly sign: string;
  readonly value: string;
}

/** `t.x = 'a'`, `x < 3`; undefined for anything else. */
export function readComparison(part: readonly SqlToken[]): Comparison | undefined {
  const qualified = part[1]?.text === '.';
  const [sign, literal, ...more] = part.slice(qualified ? 3 : 1);
  if (literal === undefined || more.length > 0) return undefined;
  if (literal.kind !== 'string' && literal.kind !== 'number') return undefined;
  const column = part.slice(0, qualified ? 3 : 1).map(({ value }) => fold(value));
  return { column: column.join(''), sign: fold(sign?.text ?? ''), value: literal.value };
}

function isWord({ kind, text }: SqlToken, words: RegExp): boolean {
  return kind === 'word' && words.test(fold(text));
}

/** Whether a column is compared with itself, `b.id = b.id`: rows of everything with everything, which answer nothing. */
export function joinsEverything(sql: string): boolean {
  const tokens = tokenizeSql(sql);
  const name = (at: number) => tokens.slice(at, at + 3).map(({ value }) => fold(value));
  return tokens.some(({ text }, at) => {
    if (text !== '=' || tokens[at - 2]?.text !== '.' || tokens[at + 2]?.text !== '.') return false;
    return name(at - 3).join('') === name(at + 1).join('');
  });
}
