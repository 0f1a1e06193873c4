import { bodyTarget } from './bodies.ts';
import { csvTarget, ggufTarget, safetensorsTarget, sqliteTarget } from './files.ts';
import { statementTarget } from './statements.ts';
import type { FuzzTarget } from './target.ts';

/** Everything that is read of what others wrote. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  statementTarget,
  bodyTarget,
  csvTarget,
  safetensorsTarget,
  ggufTarget,
  sqliteTarget,
];

/** The seed of one case: the same case whichever are tried before it. */
export function seedOf(seed: number, index: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
}
