/** Numbers in digits, as a regular expression: `1,250.5`, `20`, `3.5`. */
export const DIGIT_NUMERAL = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?';

/** @param text that `DIGIT_NUMERAL` matches */
export function readDigits(text: string): number {
  return Number(text.replaceAll(',', ''));
}

/** The product, without the dust of doubles: 3.3 × 1e8 is 330000000.00000006 in them. */
export function scaled(number: number, factor: number): number {
  return Number((number * factor).toPrecision(15));
}
