/** Questions to offer while one is typed, and a few at a time before. */
import type { Language } from '../../parts/language-choice.ts';

const MOST = 6;
/** A chip longer than this takes a line of its own. */
const SHORT = 64;
const SHOWN = 5;

/**
 * Known questions that have every word typed so far, those that begin like it first. A text without
 * spaces (Chinese) is looked for as a whole.
 */
export function suggest(typed: string, known: readonly string[]): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  const words = wanted.split(/\s+/);
  const rank = (question: string) => {
    const text = question.toLowerCase();
    if (text === wanted || !words.every((word) => text.includes(word))) return 0;
    return text.startsWith(wanted) ? 3 : text.includes(wanted) ? 2 : 1;
  };
  return [...new Set(known)]
    .map((question) => ({ question, score: rank(question) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ question }) => question);
}

/**
 * The short questions, if there are any; each page from all over the list and with some Chinese. A
 * reader of Chinese sees all that are Chinese first.
 */
export function examplePages(
  questions: readonly string[],
  language: Language = 'en',
): readonly (readonly string[])[] {
  const short = questions.filter((text) => text.length <= SHORT);
  const chosen = short.length > 0 ? short : questions;
  const isHan = (text: string) => /\p{Script=Han}/u.test(text);
  const han = chosen.filter(isHan);
  const latin = chosen.filter((text) => !isHan(text));
  return language === 'zh' ? [...pagesOf(han), ...pagesOf(latin)] : pagesOf(latin, han);
}

/** Each list dealt out over the same pages. */
function pagesOf(...lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const pages = Math.ceil(lists.reduce((sum, { length }) => sum + length, 0) / SHOWN);
  return Array.from({ length: pages }, (_, page) =>
    lists.flatMap((list) => list.filter((_, index) => index % pages === page)),
  );
}
