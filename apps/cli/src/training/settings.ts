import { InputError } from '../errors.ts';

/**
 * Fields of a method's configuration as typed: `r=16`, `target_modules=all-linear`,
 * `target_modules=["q_proj","v_proj"]`. What is JSON is read as such, the rest is text.
 *
 * @throws InputError for a word without `=`
 */
export function readSettings(words: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at <= 0) throw new InputError(`--set ${word}: expected FIELD=VALUE, as in r=16.`);
      return [word.slice(0, at), readValue(word.slice(at + 1))];
    }),
  );
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
