/**
 * SQLite's lexical grammar (https://sqlite.org/lang_expr.html), as a flat list of tokens.
 * Never throws: what is not a token, such as an unclosed quote, becomes one of kind `unknown`.
 */
export type SqlTokenKind =
  | 'word' // keyword or bare identifier
  | 'quoted' // identifier in "…", `…` or […]
  | 'string' // '…'
  | 'blob' // x'…'
  | 'number'
  | 'parameter' // ? :name @name $name
  | 'symbol'
  | 'unknown';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  /** As written. */
  readonly text: string;
  /** The name or text within the quotes; otherwise as written. */
  readonly value: string;
  /** Offset of the token in the statement. */
  readonly start: number;
}

const PATTERNS: readonly (readonly [SqlTokenKind | 'skip', RegExp])[] = [
  ['skip', /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['blob', /[xX]'(?:[0-9a-fA-F]{2})*'/y],
  ['string', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y],
  ['number', /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}\u0080-\u{10ffff}_][\p{L}\p{N}\u0080-\u{10ffff}_$]*/uy],
  ['parameter', /\?\d*|[:@$][\p{L}\p{N}_]+/uy],
  ['symbol', /->>|->|\|\||<<|>>|<=|>=|<>|!=|==|[-+*/%&|~<>=(),.;]/y],
  ['unknown', /[\s\S]/uy],
];

/** The tokens of a statement; white space and comments are left out. */
export function tokenizeSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const text = pattern.exec(sql)?.[0];
      if (text === undefined) continue;
      if (kind !== 'skip') tokens.push({ kind, text, value: unquote(kind, text), start: at });
      at += text.length;
      break;
    }
  }
  return tokens;
}

function unquote(kind: SqlTokenKind, text: string): string {
  if (kind !== 'string' && kind !== 'quoted') return text;
  const mark = text[0] ?? '';
  const inner = text.slice(1, -1);
  return mark === '[' ? inner : inner.replaceAll(mark + mark, mark);
}
