import { isPlain, quoteIdentifier } from '../schema/identifiers.ts';
import { fold, type Schema } from '../schema/schema.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

export const quoteNames: Rule = {
  name: 'quote-names',
  summary: 'A name of the schema with spaces or signs, or one that is a keyword, is put in quotes.',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const names = namesToQuote(schema);
    let out = sql;
    let at = tokens.length - 1;
    while (at >= 0) {
      const found = names.find(({ words }) => endsAt(tokens, at, words));
      const first = found && tokens[at - found.words.length + 1];
      const last = tokens[at];
      if (found === undefined || first === undefined || last === undefined) {
        at--;
        continue;
      }
      out =
        out.slice(0, first.start) +
        quoteIdentifier(found.name) +
        out.slice(last.start + last.text.length);
      at -= found.words.length;
    }
    return out;
  },
};

interface OddName {
  readonly name: string;
  /** Its tokens, folded. */
  readonly words: readonly string[];
}

/** Longest first, so that of two names the whole one is taken. */
function namesToQuote({ tables }: Schema): OddName[] {
  return tables
    .flatMap((table) => [table.name, ...table.columns.map(({ name }) => name)])
    .map(fold)
    .filter((name) => !isPlain(name))
    .map((name) => ({ name, words: tokenizeSql(name).map(({ text }) => fold(text)) }))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length);
}

function endsAt(tokens: readonly SqlToken[], at: number, words: readonly string[]): boolean {
  const start = at - words.length + 1;
  if (start < 0) return false;
  const same = words.every((word, index) => {
    const token = tokens[start + index];
    return token !== undefined && token.kind !== 'string' && fold(token.text) === word;
  });
  // A keyword alone is a name where only a name can stand: behind a dot.
  return same && (words.length > 1 || tokens[start - 1]?.text === '.');
}
