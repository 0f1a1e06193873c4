/** Regular expressions as configurations from Python hold them, in JavaScript's syntax. */

const TOKEN = /\\[\s\S]|\(\?P<|\(\?P=(\w+)\)|\{,(\d+)\}/g;

/**
 * The same pattern for `RegExp`: names of groups, `\A`, `\Z` and `{,n}` are written otherwise there.
 * What else is Python's alone (inline flags, possessive quantifiers) stays, and `RegExp` refuses it.
 */
export function javaScriptPattern(pattern: string): string {
  return pattern.replace(TOKEN, (found, name?: string, most?: string) => {
    if (found === '(?P<') return '(?<';
    if (name !== undefined) return `\\k<${name}>`;
    if (most !== undefined) return `{0,${most}}`;
    if (found === '\\A') return '^';
    return found === '\\Z' ? '$' : found;
  });
}
