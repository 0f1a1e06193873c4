import { stem } from '../retrieval/words.ts';

/** What stands behind such words tells which rows are meant: `in stock`, `for the longest term`. */
const TELLS_ROWS =
  /\b(?:in|of|for|with|at|during|within)(?: (?:the|an?|its|their|each|every|any|all))?(?: \w+est| most| least)? $/i;
/** Not so behind what is made of a figure: `the average of the terms`. */
const MEASURED =
  /\b(?:numbers?|counts?|percentages?|shares?|sums?|totals?|averages?|means?|medians?|maximum|minimum|highest|lowest|range|distribution|values?|amounts?|terms|order|increase|decrease|growth|change)(?: of| in)(?: (?:the|all|its|their|each|any))? $/i;

/**
 * Whether a question names a column only to tell which rows it is about.
 * @param parts stems of the words of the column's name
 */
export function tellsRows(question: string, parts: readonly string[]): boolean {
  const [first] = [...question.matchAll(/[\p{L}\p{N}]+/gu)].filter(([word]) =>
    parts.includes(stem(word.toLowerCase())),
  );
  const before = question.slice(0, first?.index ?? 0);
  return TELLS_ROWS.test(before) && !MEASURED.test(before);
}
