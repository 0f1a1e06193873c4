/** What JSON.parse says of a text that is not JSON, in Chinese; Node's releases say it in different words. */

const or = (marks: string) => marks.replace(' or ', ' 或 ');

const FAULTS: readonly (readonly [RegExp, (quoted: string) => string])[] = [
  [/^(Unexpected end of JSON input)$/, () => '内容不完整'],
  [/^Unexpected token '?(.+?)'?(?:, .* is not valid JSON)?$/s, (token) => `不应出现“${token}”`],
  [/^(Unexpected number)$/, () => '不应出现数字'],
  [/^(Unexpected string)$/, () => '不应出现字符串'],
  [/^(Unexpected non-whitespace character)$/, () => '末尾有多余的内容'],
  [/^Expected property name or '(.)'$/, (end) => `应为属性名或“${end}”`],
  [/^(Expected double-quoted property name)$/, () => '属性名应写在双引号中'],
  [/^Expected '(.)' after property name$/, (mark) => `属性名之后应为“${mark}”`],
  [/^Expected (',' or '.') after property value$/, (marks) => `属性值之后应为 ${or(marks)}`],
  [/^Expected (',' or '.') after array element$/, (marks) => `数组元素之后应为 ${or(marks)}`],
  [/^(Unterminated string)$/, () => '字符串没有结束'],
  [/^(Bad control character in string literal)$/, () => '字符串中含有控制字符'],
  [/^(Bad escaped character)$/, () => '转义字符有误'],
  [/^(Bad Unicode escape)$/, () => 'Unicode 转义有误'],
  [/^(No number after minus sign)$/, () => '负号之后没有数字'],
  [/^(Exponent part is missing a number)$/, () => '指数部分没有数字'],
  [/^(Unterminated fractional number)$/, () => '小数点之后没有数字'],
  [/^"(.*)" is not valid JSON$/s, (text) => `“${text}”不是 JSON`],
];

/** Where it is told, after the fault itself. */
const PLACE = /^(.*?)(?: (?:in|after) JSON)? at position (\d+)(?: \(line (\d+) column (\d+)\))?$/s;

/** The message in Chinese; undefined where it is none of those. */
export function jsonInChinese(message: string): string | undefined {
  const [, fault = message, position, line, column] = PLACE.exec(message) ?? [];
  for (const [pattern, say] of FAULTS) {
    const [, quoted] = pattern.exec(fault) ?? [];
    if (quoted === undefined) continue;
    if (position === undefined) return say(quoted);
    const place = line === undefined ? `位置 ${position}` : `第 ${line} 行第 ${column} 列`;
    return `${say(quoted)}（${place}）`;
  }
  return undefined;
}
