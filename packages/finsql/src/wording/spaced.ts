/** Blanks between Chinese and other writing. */

const CHINESE_END = /[\p{Script=Han}，。、；：（）“”]$/u;
const CHINESE_START = /^[\p{Script=Han}，。、；：（）“”]/u;

/**
 * Words with values between, with blanks beside the values; those between two Chinese characters go.
 * ``spaced`按 ${'size'} 分组` `` → 按 size 分组, with 记录数 → 按记录数分组.
 */
export function spaced(fixed: TemplateStringsArray, ...values: readonly string[]): string {
  return values.reduce(
    (text, value, index) => joined(joined(text, value), fixed[index + 1] ?? ''),
    fixed[0] ?? '',
  );
}

function joined(left: string, right: string): string {
  const bare = [left.trimEnd(), right.trimStart()] as const;
  return CHINESE_END.test(bare[0]) && CHINESE_START.test(bare[1]) ? bare.join('') : left + right;
}
