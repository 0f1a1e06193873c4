/** The pieces of a comment that may be said in place of the name. */
import { hasHan, words } from '../retrieval/words.ts';

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
