/** What SQLite's parser says most often, in Chinese; names stay as they are. */
import { spaced } from './spaced.ts';

const MESSAGES: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^no such column: (.+)$/, (name) => spaced`没有名为 ${name} 的列`],
  [/^no such table: (.+)$/, (name) => spaced`没有名为 ${name} 的表`],
  [/^no such function: (.+)$/, (name) => spaced`没有名为 ${name} 的函数`],
  [/^ambiguous column name: (.+)$/, (name) => spaced`列名 ${name} 不明确，有多个表含有该列`],
  [/^near "(.+)": syntax error$/, (name) => `“${name}”附近有语法错误`],
  [/^unrecognized token: "(.+)"$/, (name) => `无法识别“${name}”`],
  [
    /^misuse of aggregate(?: function|:) (.+)$/,
    (name) => spaced`聚合函数 ${name} 用在了不允许的位置`,
  ],
  [/^wrong number of arguments to function (.+)$/, (name) => spaced`函数 ${name} 的参数个数不对`],
  [/^(incomplete input)$/, () => '语句不完整'],
];

/** The message in Chinese; as it is where it is none of those. */
export function sqliteInChinese(message: string): string {
  for (const [pattern, say] of MESSAGES) {
    const [, name] = pattern.exec(message) ?? [];
    if (name !== undefined) return say(name);
  }
  return message;
}
