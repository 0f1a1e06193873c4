import { element } from './dom.js';

const KEYWORDS = new Set(
  `select from where group by order having limit offset join inner left right full outer cross natural on using
   as and or not in is null like glob between exists case when then else end distinct all union intersect except
   with recursive asc desc values over partition cast collate true false`.split(/\s+/),
);
const TOKEN =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\])|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<space>\s+)|(?<other>[\s\S])/gu;
const NEW_LINE = new Set([
  'from',
  'where',
  'group',
  'order',
  'having',
  'limit',
  'union',
  'intersect',
  'except',
  'join',
  'inner',
  'left',
  'right',
  'full',
  'cross',
  'natural',
]);
const JOIN_START = new Set(['inner', 'left', 'right', 'full', 'cross', 'natural', 'outer']);

/** SQL as `{ kind, text }`; the texts joined are the SQL. */
export function tokenize(sql) {
  return [...sql.matchAll(TOKEN)].map(({ groups }) => {
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined);
    return { kind: kind === 'word' && KEYWORDS.has(text.toLowerCase()) ? 'keyword' : kind, text };
  });
}

/** Shown with each clause of the outermost query on a line of its own. The statement is unchanged otherwise. */
export function layOut(tokens) {
  let depth = 0;
  let before = '';
  return tokens.map((token, index) => {
    const word = token.text.toLowerCase();
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    const next = tokens[index + 1]?.text.toLowerCase();
    const breaks =
      token.kind === 'space' && depth === 0 && NEW_LINE.has(next) && !JOIN_START.has(before);
    if (token.kind !== 'space') before = word;
    return breaks ? { kind: 'space', text: '\n' } : token;
  });
}

/** The SQL as a code block with coloured words. */
export function sqlBlock(sql) {
  const code = element('code');
  for (const { kind, text } of layOut(tokenize(sql))) {
    code.append(
      kind === 'space' || kind === 'other' || kind === 'word'
        ? text
        : element('span', { class: `sql-${kind}` }, text),
    );
  }
  return element('pre', { class: 'sql', tabindex: '0', 'aria-label': 'SQL' }, code);
}
