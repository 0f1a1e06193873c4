/** Inputs that are nearly right, which reach further into a reader than noise does. */
import type { Random } from '@quaestor/peft';

/** Lengths, offsets and counts that readers stumble over, as bytes. */
const TELLING = [
  [0],
  [0xff],
  [0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0, 0, 0, 0, 0],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
] as const;

/** Of every fourth place, only the beginning is meant: there the lengths are. */
const HEAD = 512;

/** A copy with a few changes: bits, telling numbers, stretches cut out, doubled or put in. */
export function mutateBytes(bytes: Uint8Array, random: Random): Buffer {
  let changed = Buffer.from(bytes);
  for (let left = 1 + random.integer(4); left > 0; left--) {
    const reach = random.integer(2) === 0 ? Math.min(HEAD, changed.length) : changed.length;
    const at = random.integer(Math.max(1, reach));
    const length = 1 + random.integer(random.integer(3) === 0 ? 200 : 8);
    const [before, span, after] = [
      changed.subarray(0, at),
      changed.subarray(at, at + length),
      changed.subarray(at + length),
    ];
    const kind = random.integer(6);
    if (kind === 0 && at < changed.length) {
      changed[at] = (changed[at] as number) ^ (1 << random.integer(8));
    } else if (kind === 1) {
      changed.set(telling(random).subarray(0, Math.max(0, changed.length - at)), at);
    } else if (kind === 2) changed = Buffer.concat([before, after]);
    else if (kind === 3) changed = Buffer.concat([before, span, span, after]);
    else if (kind === 4) changed = Buffer.concat([before, telling(random), span, after]);
    else if (random.integer(3) === 0) changed = Buffer.from(before);
  }
  return changed;
}

/** A copy of a text with words of others put in, taken out, doubled and exchanged. */
export function mutateText(text: string, words: readonly string[], random: Random): string {
  let parts: string[] = text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
  for (let left = 1 + random.integer(5); left > 0; left--) {
    const at = random.integer(parts.length + 1);
    const word = words[random.integer(words.length)] ?? '';
    const kind = random.integer(5);
    if (kind === 0) parts = parts.toSpliced(at, 0, word);
    else if (kind === 1) parts = parts.toSpliced(at, 1 + random.integer(3));
    else if (kind === 2) parts = parts.toSpliced(at, 1, word);
    else if (kind === 3) parts = [...parts, ...parts.slice(at, at + 8)];
    else parts = parts.toSpliced(at, 0, ' ', word, ' ');
  }
  return parts.join('');
}

function telling(random: Random): Buffer {
  return Buffer.from(TELLING[random.integer(TELLING.length)] ?? []);
}
