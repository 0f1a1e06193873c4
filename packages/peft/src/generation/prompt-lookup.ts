/**
 * Drafts looked up in what was read and written so far (prompt lookup decoding, Saxena 2023,
 * https://github.com/apoorvumang/prompt-lookup-decoding): where the last n tokens stood before,
 * what followed them is likely to follow again. The longest n comes first, then the latest place.
 */

const LONGEST = 5;

/**
 * Places in `tokens` whose continuation may repeat, likeliest first, without doubles.
 * @param most places wanted
 */
export function* lookUp(tokens: readonly number[], most: number): Generator<number> {
  const end = tokens.length;
  const last = tokens[end - 1];
  const found: { at: number; length: number }[] = [];
  for (let at = end - 1; at > 0; at--) {
    if (tokens[at - 1] !== last) continue;
    let length = 1;
    while (
      length < LONGEST &&
      at - 1 - length >= 0 &&
      tokens[at - 1 - length] === tokens[end - 1 - length]
    )
      length++;
    found.push({ at, length });
  }
  found.sort((a, b) => b.length - a.length || b.at - a.at);
  for (const { at } of found.slice(0, most)) yield at;
}
