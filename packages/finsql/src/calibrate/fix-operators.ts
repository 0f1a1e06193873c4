import { textLiteral } from '../sql/literal.ts';
import type { Rule } from './rule.ts';

/** Signs of a Chinese keyboard, or of a word processor, and what SQL has for them. */
const SIGNS: Readonly<Record<string, string>> = {
  '，': ',',
  '（': '(',
  '）': ')',
  '；': ';',
  '。': '.',
  '．': '.',
  '＝': '=',
  '＜': '<',
  '＞': '>',
  '！': '!',
  '＊': '*',
  '％': '%',
  '＋': '+',
  '－': '-',
  '／': '/',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '×': '*',
  '−': '-',
  '\u00a0': ' ',
  '\u3000': ' ',
};
const LITERAL = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]/y;
/** Quotes that a word processor makes: ‘…’, “…”, and ´…´ or ＇…＇. */
const SMART = /[‘’‛´＇]([^‘’‛´＇']*)[‘’‛´＇']|[“”„＂]([^“”„＂"]*)[“”„＂"]/y;

export const fixOperators: Rule = {
  name: 'fix-operators',
  summary:
    'Operators of other languages, smart quotes and full-width signs become those of SQL; = null becomes is null.',
  early: true,
  apply(sql) {
    let out = '';
    let code = '';
    const flush = () => {
      out += fixCode(code);
      code = '';
    };
    for (let at = 0; at < sql.length; ) {
      const literal = match(LITERAL, sql, at)?.[0];
      const smart = literal === undefined ? match(SMART, sql, at) : undefined;
      if (literal !== undefined) {
        flush();
        out += literal;
        at += literal.length;
      } else if (smart !== undefined) {
        flush();
        out += textLiteral(smart[1] ?? smart[2] ?? '');
        at += smart[0].length;
      } else {
        const sign = sql[at] ?? '';
        code += SIGNS[sign] ?? sign;
        at++;
      }
    }
    flush();
    return out;
  },
};

function fixCode(code: string): string {
  return code
    .replace(/==/g, '=')
    .replace(/! +=|=!/g, '!=')
    .replace(/> +=|=>/g, '>=')
    .replace(/< +=|=</g, '<=')
    .replace(/><|< +>/g, '<>')
    .replace(/&&/g, ' and ')
    .replace(/(?:!=|<>)\s*null\b/gi, 'is not null')
    .replace(/=\s*null\b/gi, 'is null')
    .replace(/\bis not =\s*/gi, '!= ')
    .replace(/(?<=\S)(is(?: not)? null)/g, ' $1')
    .replace(/ {2,}/g, ' ');
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
