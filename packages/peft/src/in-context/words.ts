/**
 * The words of a text in lower case: runs of letters, marks and digits; of Han characters, which are
 * written without spaces, each one. On plain English this is the tokenisation of Google's rouge_score.
 */
export function words(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

const WORD = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;
