/** What a mixture has of the adapters that it is made of, and what it loses. */
import type { HubEntry } from '@quaestor/peft';
import type { Progress } from '../progress.ts';

/**
 * The databases that a mixture is made for: all that any part names. Without one it would be there for
 * every key, whatever its parts learnt.
 */
export function databasesOfParts(parts: readonly Pick<HubEntry, 'card'>[]): readonly string[] {
  return [...new Set(parts.flatMap(({ card }) => card?.databases ?? []))];
}

/** Tells whose second adapters are not in a mixture, which has none. */
export function tellSecondsDropped(
  parts: readonly Pick<HubEntry, 'name' | 'second'>[],
  progress: Progress,
): void {
  const names = parts.filter(({ second }) => second !== null).map(({ name }) => name);
  if (names.length === 0) return;
  progress.line({
    en: `the second adapter of ${names.join(', ')} is left out; "quaestor hub pair" gives the result one`,
    zh: `${names.join('、')} 附带的第二个适配器不会带上；可用“quaestor hub pair”为结果另配一个`,
  });
}
