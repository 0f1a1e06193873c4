/**
 * Text of databases and files beside text of the page. Characters that turn the direction of writing
 * would rearrange what stands around them, and make names look like others: they are shown as a mark.
 */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const MARK = '\ufffd';

/** Letters of scripts that are written from the right. */
const FROM_THE_RIGHT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** As an element of its own may hold it. */
export function marked(text: string): string {
  return text.replaceAll(TURNING, MARK);
}

/** As a sentence, a list or an attribute may hold it: what is written from the right reorders no neighbour. */
export function isolated(text: string): string {
  const shown = marked(text);
  return FROM_THE_RIGHT.test(shown) ? `\u2068${shown}\u2069` : shown;
}
