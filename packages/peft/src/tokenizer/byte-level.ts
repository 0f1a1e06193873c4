/**
 * GPT-2's byte alphabet: every byte is written as one visible character, so that a vocabulary
 * of strings can hold any byte. Printable Latin-1 bytes stand for themselves; the other 68 are
 * written as U+0100, U+0101, … in order.
 */

const printable = (byte: number) =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

const BYTE_OF: ReadonlyMap<string, number> = buildAlphabet();

/** The character of every byte. */
export const BYTE_CHARACTERS: readonly string[] = [...BYTE_OF.keys()];

function buildAlphabet(): Map<string, number> {
  const alphabet = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    alphabet.set(String.fromCharCode(printable(byte) ? byte : next++), byte);
  }
  return alphabet;
}

/** The bytes that a vocabulary entry of a byte-level model stands for; null if it is none. */
export function byteLevelBytes(token: string): Uint8Array | null {
  const bytes = new Uint8Array(token.length);
  for (let i = 0; i < token.length; i++) {
    const byte = BYTE_OF.get(token[i] as string);
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}
