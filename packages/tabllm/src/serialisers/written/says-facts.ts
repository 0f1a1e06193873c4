/** Whether a text says what it should: every value is in it, and no number that is in no field. */
import type { WrittenField } from '../field.ts';

const NUMBER = /\d+(?:[.,]\d+)*/g;

export function saysFacts(text: string, fields: readonly WrittenField[]): boolean {
  const said = text.toLowerCase();
  if (!fields.every(({ value }) => holds(said, value.trim().toLowerCase()))) return false;
  const given = new Set(
    fields.flatMap(({ name, value }) => `${name} ${value}`.match(NUMBER) ?? []),
  );
  return (text.match(NUMBER) ?? []).every((number) => given.has(number));
}

/** As words of their own: 5 is not in 15 or 5.2. */
function holds(text: string, value: string): boolean {
  const escaped = value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\d]|\\d[.,])${escaped}(?![\\p{L}\\d]|[.,]\\d)`, 'u').test(text);
}
