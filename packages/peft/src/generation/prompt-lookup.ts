/**
 * Drafts looked up in what was read and written so far (prompt lookup decoding, Saxena 2023,
 * https://github.com/apoorvumang/prompt-lookup-decoding): where the last n tokens stood before,
 * what followed them is likely to follow again. The longest n comes first; of several places, the one
 * that comes soonest after the place where the last draft was found, since texts repeat in order.
 */

const LONGEST = 5;

/** Tokens skipped at most where a text departs from the one that it repeats, and comes back to it. */
const SKIPPED = 6;

/** A place whose continuation may repeat. */
export interface Place {
  readonly at: number;
  /** So many tokens before it are those at the end, as far as was looked. */
  readonly length: number;
}

/**
 * Places in `tokens` whose continuation may repeat, likeliest first.
 * @param near where the last draft went on
 * @param most places with the same last token; those right after `near` follow them
 */
export function* lookUp(tokens: readonly number[], near: number, most: number): Generator<Place> {
  const end = tokens.length;
  const last = tokens[end - 1];
  const found: (Place & { readonly distance: number })[] = [];
  for (let at = end - 1; at > 0; at--) {
    if (tokens[at - 1] !== last) continue;
    let length = 1;
    while (
      length < LONGEST &&
      at - 1 - length >= 0 &&
      tokens[at - 1 - length] === tokens[end - 1 - length]
    )
      length++;
    found.push({ at, length, distance: at >= near ? at - near : end + near - at });
  }
  found.sort((a, b) => b.length - a.length || a.distance - b.distance);
  for (const { at, length } of found.slice(0, most)) yield { at, length };
  for (let at = near; at < Math.min(end, near + SKIPPED); at++) yield { at, length: 0 };
}
