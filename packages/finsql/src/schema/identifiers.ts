import { RESERVED } from '../sql/keywords.ts';
import { fold } from './schema.ts';

/** Whether a folded name may stand in SQL without quotes. */
export function isPlain(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) && !RESERVED.has(fold(name));
}

/** The name as SQL, quoted whatever it looks like. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The name as prompts and normal-form SQL write it: folded, quoted only where it has to be. */
export function identifier(name: string): string {
  const folded = fold(name);
  return isPlain(folded) ? folded : quoteIdentifier(folded);
}
