/** A code with what it stands for: `R = residential, B = business`, `P private, F fleet`, `1 有 0 无`. */
const CODE =
  /(?<![\p{L}\p{N}])([A-Z][A-Z\d]{0,2}|\d{1,2})\s*(?:[=:：-]|–|is |for )?\s*((?!\s)[^,;/、，；=:()（）\d]*[^,;/、，；=:()（）\d\s])(?=\s*(?:[,;/、，；)）]|$|\s\d))/gu;

/** The codes that a comment explains, each with the words for it. */
export function codesOf(comment: string): (readonly [words: string, code: string])[] {
  return [...comment.matchAll(CODE)].map(([, code = '', said = '']) => [said, code]);
}

/** The pieces of a comment that may be said in place of the name. */
import { hasHan, words } from '../retrieval/words.ts';
import type { Column } from '../schema/schema.ts';

/** Those of a column's comment, without what it holds: of 股票、基金、债券 none is what it is called. */
export function namesInComment({
  comment,
  samples,
}: Pick<Column, 'comment' | 'samples'>): string[] {
  const codes = codesOf(comment);
  const isCode = (part: string) =>
    codes.some(([said, code]) => part.startsWith(code) && part.endsWith(said));
  return partsOf(comment).filter((part) => !samples.includes(part) && !isCode(part));
}

/** `net profit, in EUR | 净利润（万元）` → net profit, 净利润. */
export function partsOf(comment: string): string[] {
  return comment
    .split(/[|,;，；、·]/)
    .map((part) =>
      part
        .replace(/[（(].*?[)）]/g, '')
        .replace(/ in (?:[a-z]+ )?[A-Z]{3}\b.*$/, '')
        .trim(),
    )
    .filter((part) =>
      hasHan(part) ? [...part].length >= 2 : words(part).length > 0 && words(part).length <= 4,
    );
}
