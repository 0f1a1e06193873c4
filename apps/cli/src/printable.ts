/**
 * Text of databases and models as terminals may have it. Control characters (C0, DEL, C1) would reach
 * the terminal as commands; characters that turn the direction of writing make text look like other text.
 */
const DANGEROUS = /(?!\n)[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Several lines: line breaks stay. */
export function printableText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(DANGEROUS, ' ');
}

/** One line. */
export function printableLine(text: string): string {
  return printableText(text).replaceAll('\n', ' ');
}
